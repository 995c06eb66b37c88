import type { ReactNode } from "react"
import { useT } from "../../i18n/index.ts"
import { useBarred, useMode } from "../../mode/index.ts"
import { Button, Notice } from "../../ui/index.ts"

/** What was not written because of the mode, and the way to where it is written. Gone as soon as the mode is another. */
export function ModeNotice() {
  const t = useT()
  const { barred, tell } = useBarred()
  const { modes, choose } = useMode()
  if (barred === null) return null
  return (
    <div className="notices">
      <Notice
        live
        actions={
          <>
            {barred.type !== "caucusAway" && modes.includes("draft") ? (
              <Button small onPress={() => choose("draft")}>
                {t("mode.barred.switch")}
              </Button>
            ) : null}
            <Button look="link" onPress={() => tell(null)}>
              {t("mode.barred.dismiss")}
            </Button>
          </>
        }
      >
        <p>{t.rich(`mode.barred.${barred.type}`, { b: bold, i: slanted })}</p>
      </Notice>
    </div>
  )
}

const bold = (parts: ReactNode) => <b key="b">{parts}</b>
const slanted = (parts: ReactNode) => <i key="i">{parts}</i>
