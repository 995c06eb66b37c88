import { useT } from "../i18n/index.ts"

/** Ruled lines that do not move. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  const t = useT()
  return (
    <div className="ld" role="status" aria-label={t("shell.loading")}>
      {["left", "right"].map((column) => (
        <div key={column}>
          {Array.from({ length: lines }, (_, i) => (
            <i key={i} className={i % 3 === 2 ? "s" : undefined} />
          ))}
        </div>
      ))}
    </div>
  )
}
