import { isIP } from "node:net"
import { err, ok, type Result } from "@alternat/plan"
import { z } from "zod"

export interface RedisAddress {
  readonly host: string
  readonly port: number
  readonly username?: string
  readonly password?: string
  /** null: a plain connection */
  readonly tls: { readonly servername?: string } | null
  readonly database: number
}

const EXAMPLE = "is not an address like redis://user:password@host:6379/0"

/** `redis://` or, with TLS, `rediss://`. The error is a sentence without the address: there may be a password in it. */
export function readRedisAddress(text: string): Result<RedisAddress, string> {
  if (!/^rediss?:\/\/[^\s/]\S*$/.test(text) || !URL.canParse(text)) return err(EXAMPLE)
  const url = new URL(text)
  const database = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1]
  const [username, password] = [unescaped(url.username), unescaped(url.password)]
  if (database === undefined || url.search !== "" || url.hash !== "") return err(EXAMPLE)
  if (username === null || password === null) return err(EXAMPLE)
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1")
  return ok({
    host,
    port: url.port === "" ? 6379 : Number(url.port),
    ...(username !== "" && { username }),
    ...(password !== "" && { password }),
    // an address in digits has no name to ask for
    tls: url.protocol === "rediss:" ? (isIP(host) ? {} : { servername: host }) : null,
    database: Number(database),
  })
}

function unescaped(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null // a lone % in a password that was not escaped
  }
}

/** The form of REDIS_URL in every program that reads it. */
export const redisUrl = z.string().superRefine((text, context) => {
  const address = readRedisAddress(text)
  if (!address.ok) context.addIssue({ code: "custom", message: address.error })
})
