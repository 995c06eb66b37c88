import type { Logger } from "@alternat/api"
import type { NodeBus, RoomLogger } from "@alternat/room"
import { createRedisBus, readRedisAddress } from "@alternat/sync"
import { CommandError } from "./command-error.ts"

/** The bus to the other nodes; null: without Redis they hear of each other through the database. Throws one clear line. */
export function openBus(redisUrl: string | null, logger: Logger): NodeBus | null {
  if (redisUrl === null) return null
  const address = readRedisAddress(redisUrl)
  if (!address.ok) throw new CommandError(`REDIS_URL ${address.error}`)
  return createRedisBus(redisUrl, { logger: roomLogger(logger) })
}

/** The rooms' logger says the message first, pino the fields. */
export const roomLogger = (logger: Logger): RoomLogger => ({
  info: (message, fields = {}) => logger.info(fields, message),
  warn: (message, fields = {}) => logger.warn(fields, message),
  error: (message, fields = {}) => logger.error(fields, message),
})
