import { demoRefusal, type HostRule, hostRule } from "@alternat/room"
import { z } from "zod"
import type { MetricsAddress } from "./metrics-server.ts"

/** What `createApi` needs to know; no part of it comes from the environment by itself. */
export interface ApiSettings {
  /** where people reach the product; its origin is always trusted */
  readonly publicUrl: string
  /** further origins whose pages may change something: both loopback names in the demo */
  readonly trustedOrigins: readonly string[]
  /** the `Host` headers that are answered */
  readonly hosts: HostRule
  readonly demo: boolean
  readonly ticketTtlMs: number
  /** proxies in front of us whose `X-Forwarded-For` entries count; 0: the socket's address */
  readonly trustedProxies: number
  /** null: there is no `/metrics` */
  readonly metricsToken: string | null
  readonly maxBodyBytes: number
  /** per address: a bucket of `burst` requests that refills at `perSecond` */
  readonly rate: { readonly perSecond: number; readonly burst: number }
}

export interface ApiProcessConfig {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string
  readonly authSecret: string
  readonly logLevel: string
  /** null: no port of its own for `/metrics` */
  readonly metricsAddress: MetricsAddress | null
  readonly settings: ApiSettings
}

const duration = z
  .string()
  .regex(/^\d+\s*(ms|s|min|h)?$/, "is not a duration such as 90s or 15 min")
  .transform((text) => {
    const [, amount = "0", unit = "s"] = /^(\d+)\s*(\w+)?$/.exec(text) ?? []
    return Number(amount) * ({ ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit] ?? 1000)
  })
const flag = z.enum(["on", "off", "1", "0", "true", "false"]).transform((v) => v === "on" || v === "1" || v === "true")

/** Name, form, default and purpose of every variable; the README's table is generated from it. */
export const API_VARIABLES = {
  HOST: [z.string().default("127.0.0.1"), "address to listen on"],
  PORT: [z.coerce.number().int().min(0).max(65_535).default(3000), "port to listen on"],
  DATABASE_URL: [
    z.string("is required").regex(/^postgres(ql)?:\/\//, "is not a postgres:// address"),
    "PostgreSQL 15 or newer",
  ],
  REDIS_URL: [
    z
      .string()
      .regex(/^rediss?:\/\/\S+$/, "is not a redis:// address")
      .optional(),
    "for the sync servers; acts are told through PostgreSQL. Only checked here, since one environment serves all processes",
  ],
  AUTH_SECRET: [z.string("is required").min(32, "must have at least 32 characters"), "signs sessions"],
  PUBLIC_URL: [z.url().optional(), "where people reach the product; default: HOST and PORT"],
  DEMO: [flag.default(false), "demo plan and demo accounts"],
  TICKET_TTL: [duration.default(15 * 60_000), "life of a sync ticket"],
  TRUST_PROXY: [z.coerce.number().int().min(0).max(5).default(0), "number of proxies whose X-Forwarded-For counts"],
  METRICS_TOKEN: [z.string().min(16).optional(), "serves /metrics to who sends it as bearer token; unset: no /metrics"],
  METRICS_PORT: [z.coerce.number().int().min(1).max(65_535).optional(), "serves /metrics on a port of its own"],
  METRICS_HOST: [z.string().default("127.0.0.1"), "address of METRICS_PORT"],
  LOG_LEVEL: [z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"), "pino level"],
} as const

export class ConfigError extends Error {
  override readonly name = "ConfigError"
}

/** Reads the environment of a process that serves the API alone. Throws one `ConfigError` that names all that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ApiProcessConfig {
  const parsed = configSchema.safeParse(withoutEmpty(env))
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(sayIssue).join("; "))
  const v = parsed.data
  const publicUrl = (v.PUBLIC_URL ?? `http://${v.HOST.includes(":") ? `[${v.HOST}]` : v.HOST}:${v.PORT}`).replace(
    /\/+$/,
    "",
  )
  const refusal = demoRefusal({ host: v.HOST, publicUrl })
  if (v.DEMO && refusal !== null) throw new ConfigError(`DEMO: ${refusal}`)
  return Object.freeze({
    host: v.HOST,
    port: v.PORT,
    databaseUrl: v.DATABASE_URL,
    authSecret: v.AUTH_SECRET,
    logLevel: v.LOG_LEVEL,
    metricsAddress: v.METRICS_PORT === undefined ? null : { host: v.METRICS_HOST, port: v.METRICS_PORT },
    settings: createSettings({
      publicUrl,
      host: v.HOST,
      demo: v.DEMO,
      ticketTtlMs: v.TICKET_TTL,
      trustedProxies: v.TRUST_PROXY,
      metricsToken: v.METRICS_TOKEN ?? null,
    }),
  })
}

/** Settings with the defaults filled in: what `apps/alternat` and tests call. */
export function createSettings(
  given: Partial<ApiSettings> & { readonly publicUrl: string; readonly host?: string },
): ApiSettings {
  const demo = given.demo ?? false
  return {
    publicUrl: given.publicUrl,
    hosts: given.hosts ?? hostRule({ host: given.host ?? "127.0.0.1", publicUrl: given.publicUrl }),
    demo,
    trustedOrigins: given.trustedOrigins ?? (demo ? loopbackOrigins(given.publicUrl) : []),
    ticketTtlMs: given.ticketTtlMs ?? 15 * 60_000,
    trustedProxies: given.trustedProxies ?? 0,
    metricsToken: given.metricsToken ?? null,
    maxBodyBytes: given.maxBodyBytes ?? 1024 * 1024,
    rate: given.rate ?? { perSecond: 200, burst: 2000 },
  }
}

/** The other name of a loopback address: people type either. */
export function loopbackOrigins(publicUrl: string): readonly string[] {
  const { protocol, port } = new URL(publicUrl)
  const suffix = port === "" ? "" : `:${port}`
  return ["localhost", "127.0.0.1", "[::1]"].map((host) => `${protocol}//${host}${suffix}`)
}

const configSchema = z.object({
  HOST: API_VARIABLES.HOST[0],
  PORT: API_VARIABLES.PORT[0],
  DATABASE_URL: API_VARIABLES.DATABASE_URL[0],
  REDIS_URL: API_VARIABLES.REDIS_URL[0],
  AUTH_SECRET: API_VARIABLES.AUTH_SECRET[0],
  PUBLIC_URL: API_VARIABLES.PUBLIC_URL[0],
  DEMO: API_VARIABLES.DEMO[0],
  TICKET_TTL: API_VARIABLES.TICKET_TTL[0],
  TRUST_PROXY: API_VARIABLES.TRUST_PROXY[0],
  METRICS_TOKEN: API_VARIABLES.METRICS_TOKEN[0],
  METRICS_PORT: API_VARIABLES.METRICS_PORT[0],
  METRICS_HOST: API_VARIABLES.METRICS_HOST[0],
  LOG_LEVEL: API_VARIABLES.LOG_LEVEL[0],
})

/** A secret's value is never repeated in a message. */
const sayIssue = (issue: z.core.$ZodIssue): string => `${String(issue.path[0])}: ${issue.message}`

const withoutEmpty = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""))

/** The one place that looks at the process's own environment. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env
