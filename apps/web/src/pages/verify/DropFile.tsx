import type { ChangeEvent } from "react"
import { useT } from "../../i18n/index.ts"
import { Both } from "./Both.tsx"

export interface DropFileProps {
  readonly onFile: (file: File) => void
  /** a file is held over the window */
  readonly isOver: boolean
  /** after a verdict: quieter, at the foot */
  readonly again?: boolean
}

/** A native file field under its label, and the frame that shows where to drop. */
export function DropFile({ onFile, isOver, again = false }: DropFileProps) {
  const t = useT()
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (file) onFile(file)
    // so that the same file can be chosen again
    event.target.value = ""
  }
  return (
    <div className={`drop${again ? "" : " first"}${isOver ? " over" : ""}`}>
      <p id="verify-drop">
        <Both of={isOver ? "verify.dropNow" : again ? "verify.dropAnother" : "verify.drop"} />
      </p>
      <span>
        <input
          className="vh"
          id="verify-file"
          type="file"
          accept=".zip,.pdf,.json,application/zip,application/pdf,application/json"
          aria-describedby="verify-drop"
          onChange={choose}
        />
        <label className={again ? "btn" : "btn ink"} htmlFor="verify-file">
          {t("verify.choose")}
        </label>
      </span>
    </div>
  )
}
