import type { PasteReport } from "@alternat/editor"
import { describeFault } from "@alternat/plan"
import { Button, Mark } from "../../ui/index.ts"
import { useDesk } from "./context.ts"

export interface PasteNoticeProps {
  readonly report: PasteReport | null
  readonly onClose: () => void
}

/** What of a paste has not come into this text, or not in its form; it stands under the text until it is put away. */
export function PasteNotice({ report, onClose }: PasteNoticeProps) {
  const { say } = useDesk()
  if (report === null) return null
  const { hidden, struck, pictures, lost, faults } = report
  const signs = new Map(faults.map((fault) => [fault.codePoint, fault]))
  const lines = [
    ...(hidden > 0 ? [say("pt.paste.hidden", { count: hidden })] : []),
    ...(struck > 0 ? [say("pt.paste.struck", { count: struck })] : []),
    ...(pictures > 0 ? [say("pt.paste.pictures", { count: pictures })] : []),
    ...lost.map((form) => say(`pt.paste.lost.${form}`)),
    ...[...signs.values()]
      .slice(0, SIGNS_SHOWN)
      .map((fault) =>
        fault.replacement
          ? say("pt.paste.sign.replaced", { sign: say.pick(describeFault(fault)), by: fault.replacement })
          : say("pt.paste.sign.out", { sign: say.pick(describeFault(fault)) }),
      ),
    ...(signs.size > SIGNS_SHOWN ? [say("pt.paste.sign.more", { count: signs.size - SIGNS_SHOWN })] : []),
  ]
  return (
    <div className="ntc pasted" role="status" lang={say.lang}>
      <p>
        <Mark name="warn" /> <b>{say("pt.paste.title")}</b>
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button small onPress={onClose}>
        {say("pt.close")}
      </Button>
    </div>
  )
}

const SIGNS_SHOWN = 4
