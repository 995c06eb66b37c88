import type { RoomLogger } from "@alternat/room"

const LEVELS = ["debug", "info", "warn", "error"] as const

/** One JSON object a line, on standard error. */
export function jsonLogger(least: (typeof LEVELS)[number]): RoomLogger {
  const write =
    (level: (typeof LEVELS)[number]) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return
      process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`)
    }
  return { info: write("info"), warn: write("warn"), error: write("error") }
}
