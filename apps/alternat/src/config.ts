import path from "node:path"
import { demoRefusal } from "@alternat/room"
import { z } from "zod"
import { CommandError } from "./command-error.ts"

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** null: the embedded database */
  readonly databaseUrl: string | null
  /** null: nodes hear of each other through the database */
  readonly redisUrl: string | null
  readonly demo: boolean
  /** null: made once and kept in the data directory */
  readonly authSecret: string | null
  readonly ticketTtlMs: number
  readonly publicUrl: string
  readonly trustedProxies: number
  /** null: nothing on the product's own port */
  readonly metricsToken: string | null
  /** null: no port of its own */
  readonly metricsAddress: { readonly host: string; readonly port: number } | null
  readonly logLevel: LogLevel
}
export type LogLevel = (typeof LOG_LEVELS)[number]

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const

const flag = z
  .enum(["on", "off", "1", "0", "true", "false"], "is on or off")
  .transform((value) => value === "on" || value === "1" || value === "true")
const duration = z
  .string()
  .regex(/^\d+\s*(s|min|h)?$/, "is a duration such as 90s or 15 min")
  .transform((text) => {
    const [, amount = "0", unit = "s"] = /^(\d+)\s*(\w+)?$/.exec(text) ?? []
    return Number(amount) * ({ s: 1000, min: 60_000, h: 3_600_000 }[unit] ?? 1000)
  })

/** Every variable with its form, its default in words, and its purpose: the README's table is this list. */
export const VARIABLES = {
  PORT: {
    form: z.coerce.number("is a port number").int().min(0).max(65_535).default(3000),
    default: "3000",
    purpose: "port of everything: web, API, sync",
  },
  HOST: { form: z.string().default("127.0.0.1"), default: "127.0.0.1", purpose: "address to listen on" },
  DATA_DIR: { form: z.string().default("./.data"), default: "./.data", purpose: "embedded PostgreSQL, keys, files" },
  DATABASE_URL: {
    form: z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/, "is not an address like postgres://user:password@host:5432/database")
      .optional(),
    default: "unset: embedded",
    purpose: "an outside PostgreSQL, 15 or newer",
  },
  REDIS_URL: {
    // its finer form is the sync server's to know, which nothing but `start` should wait for
    form: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, "is not an address like redis://user:password@host:6379/0")
      .optional(),
    default: "unset: nodes use PostgreSQL LISTEN/NOTIFY",
    purpose: "Redis 7 or newer, or Valkey, between several nodes",
  },
  DEMO: {
    form: flag.optional(),
    default: "on without DATABASE_URL on loopback",
    purpose: "demo plan and demo accounts, loaded once; on loopback alone: its password is published",
  },
  AUTH_SECRET: {
    form: z.string().min(32, "needs at least 32 characters").optional(),
    default: "generated into DATA_DIR",
    purpose: "signs sessions; required with DATABASE_URL",
  },
  TICKET_TTL: { form: duration.default(15 * 60_000), default: "15 min", purpose: "life of a sync ticket" },
  PUBLIC_URL: {
    form: z.url("is an address like https://plans.example").optional(),
    default: "http://HOST:PORT",
    purpose: "where people reach it, and the only outside name that is answered; needed behind a proxy",
  },
  TRUST_PROXY: {
    form: z.coerce.number("is a number of proxies").int().min(0).max(5).default(0),
    default: "0",
    purpose: "how many proxies' X-Forwarded-For counts",
  },
  METRICS_TOKEN: {
    form: z.string().min(16, "needs at least 16 characters").optional(),
    default: "unset: no /metrics",
    purpose: "serves /metrics to who sends it as bearer token",
  },
  METRICS_PORT: {
    form: z.coerce.number("is a port number").int().min(1).max(65_535).optional(),
    default: "unset",
    purpose: "serves /metrics on a port of its own, without a token",
  },
  METRICS_HOST: { form: z.string().default("127.0.0.1"), default: "127.0.0.1", purpose: "address of METRICS_PORT" },
  LOG_LEVEL: {
    form: z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(", ")}`).default("warn"),
    default: "warn",
    purpose: "trace … error, silent",
  },
} as const

/** Reads and checks the whole environment; all that is wrong is said at once, and no secret is repeated. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  const read = <K extends keyof typeof VARIABLES>(name: K): z.output<(typeof VARIABLES)[K]["form"]> => {
    const parsed = VARIABLES[name].form.safeParse(env[name] === "" ? undefined : env[name])
    if (!parsed.success) problems.push(`${name} ${parsed.error.issues[0]?.message ?? "is wrong"}`)
    return parsed.data as z.output<(typeof VARIABLES)[K]["form"]>
  }
  const host = read("HOST")
  const port = read("PORT")
  const databaseUrl = read("DATABASE_URL") ?? null
  const authSecret = read("AUTH_SECRET") ?? null
  const metricsPort = read("METRICS_PORT")
  const metricsHost = read("METRICS_HOST")
  const publicUrl = (read("PUBLIC_URL") ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`).replace(
    /\/+$/,
    "",
  )
  const refusal = demoRefusal({ host, publicUrl })
  const demo = read("DEMO") ?? (databaseUrl === null && refusal === null)
  if (demo && refusal !== null) problems.push(`DEMO=on ${refusal}`)
  const config: Config = {
    host,
    port,
    dataDir: path.resolve(read("DATA_DIR")),
    databaseUrl,
    redisUrl: read("REDIS_URL") ?? null,
    demo,
    authSecret,
    ticketTtlMs: read("TICKET_TTL"),
    publicUrl,
    trustedProxies: read("TRUST_PROXY"),
    metricsToken: read("METRICS_TOKEN") ?? null,
    metricsAddress: metricsPort === undefined ? null : { host: metricsHost, port: metricsPort },
    logLevel: read("LOG_LEVEL"),
  }
  if (databaseUrl !== null && authSecret === null && env["AUTH_SECRET"] === undefined)
    problems.push("AUTH_SECRET is required with DATABASE_URL")
  if (problems.length > 0) throw new CommandError(problems.join("; "))
  return Object.freeze(config)
}

/** The one place where this program meets its environment. */
export const environment = (): NodeJS.ProcessEnv => process.env
