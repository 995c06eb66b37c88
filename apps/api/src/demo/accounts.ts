import type { Bilingual, Role } from "@alternat/plan"
import type { DemoAccount, DemoAccounts } from "../deps.ts"

const account = (
  email: string,
  party: string | null,
  language: "en" | "ru",
  roles: readonly Role[],
  name: Bilingual,
): DemoAccount => ({
  email,
  userId: `demo-${email.slice(0, email.indexOf("."))}`.replace("@", "-"),
  name,
  language,
  party,
  roles,
})

const HEAD: readonly Role[] = ["head", "releasing", "clearing", "members"]

/** The people of contracts.md, with names that fit the demo plan's own list of notified persons. All are invented. */
export const demoAccounts: DemoAccounts = {
  password: "alternat-demo",
  accounts: [
    account("head@us.example", "US", "en", HEAD, { en: "Eleanor Whitfield", ru: "Элинор Уитфилд" }),
    account("drafter@us.example", "US", "en", ["drafter"], { en: "Daniel Prescott", ru: "Дэниел Прескотт" }),
    account("translator@us.example", "US", "en", ["translator"], { en: "Anna Kessler", ru: "Анна Кесслер" }),
    account("budget@us.example", "US", "en", ["budget"], { en: "Carol Dunning", ru: "Кэрол Даннинг" }),
    account("head@ru.example", "RU", "ru", HEAD, { en: "Nina Viktorovna Orlova", ru: "Нина Викторовна Орлова" }),
    account("drafter@ru.example", "RU", "ru", ["drafter"], { en: "Pavel Igorevich Somov", ru: "Павел Игоревич Сомов" }),
    account("translator@ru.example", "RU", "ru", ["translator"], {
      en: "Vera Mikhailovna Lunina",
      ru: "Вера Михайловна Лунина",
    }),
    account("budget@ru.example", "RU", "ru", ["budget"], { en: "Irina Pavlovna Zotova", ru: "Ирина Павловна Зотова" }),
    account("secretary@plan.example", null, "en", ["secretary"], { en: "Ingrid Solheim", ru: "Ингрид Сольхейм" }),
    account("observer@plan.example", null, "en", ["observer"], { en: "Matteo Ferri", ru: "Маттео Ферри" }),
    account("admin@plan.example", null, "en", ["admin"], { en: "System administrator", ru: "Системный администратор" }),
  ],
}

/** Authors in the data without an account: they are members, so that what they wrote has a name, and can't sign in. */
export const silentAuthors: readonly Omit<DemoAccount, "email">[] = [
  {
    userId: "demo-legal-us",
    party: "US",
    language: "en",
    roles: ["legal"],
    name: { en: "Priya Ramanathan", ru: "Прия Раманатан" },
  },
  {
    userId: "demo-expert-us",
    party: "US",
    language: "en",
    roles: ["expert"],
    name: { en: "Howard Lindqvist", ru: "Говард Линдквист" },
  },
  {
    userId: "demo-clearing-us",
    party: "US",
    language: "en",
    roles: ["clearing"],
    name: { en: "Marian Tolbert", ru: "Мэриан Толберт" },
  },
  {
    userId: "demo-legal-ru",
    party: "RU",
    language: "ru",
    roles: ["legal"],
    name: { en: "Tatiana Iurevna Ladygina", ru: "Татьяна Юрьевна Ладыгина" },
  },
  {
    userId: "demo-expert-ru",
    party: "RU",
    language: "ru",
    roles: ["expert"],
    name: { en: "Fedor Ilich Zhuravlev", ru: "Фёдор Ильич Журавлёв" },
  },
  {
    userId: "demo-clearing-ru",
    party: "RU",
    language: "ru",
    roles: ["clearing"],
    name: { en: "Arkadii Lvovich Belozerov", ru: "Аркадий Львович Белозёров" },
  },
]

/** Who wrote something that the data ascribes to a party and a role. */
export function authorOf(party: string, role: Role): string {
  const holds = (person: { readonly party: string | null; readonly roles: readonly Role[] }) =>
    person.party === party && person.roles.includes(role)
  const silent = silentAuthors.find(holds)
  const found = silent ?? demoAccounts.accounts.find(holds)
  if (!found) throw new Error(`broken invariant: nobody in the demo is ${role} of ${party}`)
  return found.userId
}
