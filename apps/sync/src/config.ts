import { err, ok, type Result } from "@alternat/plan"
import { z } from "zod"
import { redisUrl } from "./redis-address.ts"

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3001).describe("port of the sync server"),
  HOST: z.string().default("127.0.0.1").describe("address it listens on"),
  DATABASE_URL: z
    .string({ error: "is required: a sync server of its own needs the PostgreSQL that the API uses" })
    .regex(/^postgres(ql)?:\/\//, "is not a postgres:// URL")
    .describe("PostgreSQL >= 15"),
  REDIS_URL: redisUrl
    .optional()
    .describe("Redis >= 7 or Valkey between nodes; unset: they hear of each other through PostgreSQL"),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe("where people reach it; other names in `Host` are refused. Needed behind a proxy"),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0).describe("how many proxies of our own stand in front"),
  METRICS_TOKEN: z.string().min(16).optional().describe("serves /metrics to who sends it as bearer token; unset: none"),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional().describe("serves /metrics on a port of its own"),
  METRICS_HOST: z.string().default("127.0.0.1").describe("address of METRICS_PORT"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info").describe("least level that is logged"),
})

export type SyncEnvironment = Readonly<z.infer<typeof schema>>

/** All problems at once, one line each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<SyncEnvironment, string[]> {
  const parsed = schema.safeParse(withoutEmpty(env))
  if (parsed.success) return ok(Object.freeze(parsed.data))
  return err(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`))
}

/** A variable that is set to nothing, as compose files do, is not set. */
const withoutEmpty = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""))

/** The one place where this app meets the process's environment. */
export const configOfProcess = (): Result<SyncEnvironment, string[]> => readConfig(process.env)
