import { createHmac } from "node:crypto"
import { isIPv6 } from "node:net"
import type { Sql } from "../connect.ts"

/**
 * Slows the guessing of passwords. Wrong passwords are counted, right ones never. A count is a leaking bucket: each wrong
 * password adds one, each `leakS` seconds take one away, and at its capacity an attempt has to wait for the next drop.
 *
 * Three counts meet an attempt from a device and an address that the account has not signed in from:
 * - *pair*, of this account from this address, stops one guesser at one account;
 * - *account*, from all such addresses together, stops a guesser who has many addresses;
 * - *address*, over all accounts, leaves a guesser who tries many accounts one guess at each, and in the end none.
 *
 * None of them holds up who has signed in before: a device on which this account has signed in has a count of its own, and
 * an address that it has signed in from meets the pair's alone. So neither an attack on an account nor one from the office's
 * shared address keeps its owner out, and a colleague who is new at that address still has the first attempt free.
 *
 * The counts lie in PostgreSQL, by its clock: they are one for all nodes.
 */
export interface Brake {
  /** has this account signed in from this device or address before? */
  knows(attempt: Attempt): Promise<boolean>
  /** 0: go on; otherwise the whole seconds to wait */
  wait(attempt: Attempt): Promise<number>
  /** the password was wrong, or there is no such account: both leave the same traces */
  failed(attempt: Attempt): Promise<void>
  /** ends the counts of this pair and device, and makes both known */
  succeeded(attempt: Attempt): Promise<void>
}

export interface Attempt {
  /** the e-mail, in lower case, whether or not there is such an account */
  readonly account: string
  readonly address: string
  /** what the device's cookie says; null: it has none */
  readonly device: string | null
}

const PAIR = { capacity: 5, leakS: 60 }
const DEVICE = { capacity: 10, leakS: 60 }
const ACCOUNT = { capacity: 20, leakS: 60 }
/** beyond `crowded` each account has one attempt from this address; a full bucket admits only those it knows */
const ADDRESS = { capacity: 300, crowded: 30, leakS: 5 }
const KNOWN_DAYS = 365

type Marks = ReadonlyMap<string, number>

export function createBrake(sql: Sql, secret: string): Brake {
  const keysOf = ({ account, address, device }: Attempt) => {
    const key = (...parts: readonly string[]) =>
      createHmac("sha256", secret).update(JSON.stringify(parts)).digest("base64url")
    const network = networkOf(address)
    return {
      pair: key("pair", account, network),
      account: key("account", account),
      address: key("address", network),
      device: key("device", account, device ?? ""),
      knownAddress: key("known address", account, network),
      knownDevice: key("known device", account, device ?? ""),
    }
  }
  return {
    async knows(attempt) {
      const keys = keysOf(attempt)
      const known = knows(keys, await readMarks(sql, [keys.knownAddress, keys.knownDevice]), attempt)
      return known.device || known.address
    },
    async wait(attempt) {
      const keys = keysOf(attempt)
      return secondsToWait(keys, await readMarks(sql, Object.values(keys)), attempt)
    },
    async failed(attempt) {
      const keys = keysOf(attempt)
      const known = await readMarks(sql, [keys.knownAddress, keys.knownDevice])
      await addToCounts(sql, countsOf(keys, known, attempt))
      await sweep(sql)
    },
    async succeeded(attempt) {
      const keys = keysOf(attempt)
      await sql`delete from sign_in_mark where key = any (${[keys.pair, keys.device]}::text[])`
      await markKnown(sql, attempt.device === null ? [keys.knownAddress] : [keys.knownAddress, keys.knownDevice])
    },
  }
}

type Keys = Readonly<Record<"pair" | "account" | "address" | "device" | "knownAddress" | "knownDevice", string>>

const knows = (keys: Keys, marks: Marks, attempt: Attempt) => ({
  device: attempt.device !== null && marks.has(keys.knownDevice),
  address: marks.has(keys.knownAddress),
})

function secondsToWait(keys: Keys, marks: Marks, attempt: Attempt): number {
  const known = knows(keys, marks, attempt)
  const until = (key: string, { capacity, leakS }: { readonly capacity: number; readonly leakS: number }) =>
    Math.ceil((marks.get(key) ?? 0) - (capacity - 1) * leakS)
  if (known.device) return Math.max(0, until(keys.device, DEVICE))
  if (known.address) return Math.max(0, until(keys.pair, PAIR))
  const isCrowded = (marks.get(keys.address) ?? 0) > ADDRESS.crowded * ADDRESS.leakS
  return Math.max(
    0,
    until(keys.pair, isCrowded ? { ...PAIR, capacity: 1 } : PAIR),
    until(keys.account, ACCOUNT),
    until(keys.address, ADDRESS),
  )
}

/** The counts that a wrong password adds to, each with the seconds that it adds. */
function countsOf(keys: Keys, marks: Marks, attempt: Attempt): ReadonlyMap<string, number> {
  const known = knows(keys, marks, attempt)
  if (known.device) return new Map([[keys.device, DEVICE.leakS]])
  const ofAddress = [
    [keys.pair, PAIR.leakS],
    [keys.address, ADDRESS.leakS],
  ] as const
  return new Map(known.address ? ofAddress : [...ofAddress, [keys.account, ACCOUNT.leakS]])
}

/** The seconds that each mark still lasts. */
async function readMarks(sql: Sql, keys: readonly string[]): Promise<Marks> {
  const rows = await sql<{ key: string; seconds: number }[]>`
    select key, extract(epoch from until - now())::float8 as seconds
      from sign_in_mark
     where key = any (${[...keys]}::text[]) and until > now()`
  return new Map(rows.map(({ key, seconds }) => [key, seconds]))
}

/** In the order of the keys, so that two attempts never wait for each other. */
const addToCounts = (sql: Sql, counts: ReadonlyMap<string, number>) => sql`
  insert into sign_in_mark as m (key, until)
  select c.key, now() + make_interval(secs => c.seconds)
    from unnest(${[...counts.keys()]}::text[], ${[...counts.values()]}::float8[]) c (key, seconds)
   order by c.key
      on conflict (key) do update set until = greatest(m.until, now()) + (excluded.until - now())`

const markKnown = (sql: Sql, keys: readonly string[]) => sql`
  insert into sign_in_mark (key, until)
  select k, now() + make_interval(days => ${KNOWN_DAYS})
    from unnest(${[...keys]}::text[]) k
   order by k
      on conflict (key) do update set until = excluded.until`

/** Marks that are over, a few at a time; those that another attempt holds are left to it. */
const sweep = (sql: Sql) => sql`
  delete from sign_in_mark
   where key in (select key from sign_in_mark where until < now() limit 100 for update skip locked)`

/** A host has a whole /64 of IPv6 to choose addresses from, so that counts as one. */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  if (v4 !== undefined) return v4
  if (!isIPv6(address)) return address
  const [head = "", tail] = address.toLowerCase().split("%", 1)[0]?.split("::", 2) ?? []
  const left = head === "" ? [] : head.split(":")
  const right = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0")
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")
}
