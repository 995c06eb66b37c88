import { errorPlace } from "@alternat/room"
import { settingsThatTell } from "@alternat/store"
import type { Logger } from "./http/env.ts"

/** To whoever runs an outside PostgreSQL: its log may print what people write. A start never fails for it. */
export async function warnOfTellingLog(databaseUrl: string, logger: Logger): Promise<void> {
  try {
    const settings = await settingsThatTell(databaseUrl)
    if (settings.length > 0)
      logger.warn({ settings }, "the log of this PostgreSQL may print what people write: see infra/README.md")
  } catch (error) {
    logger.warn({ error: errorPlace(error) }, "the settings of the database's log can't be read")
  }
}
