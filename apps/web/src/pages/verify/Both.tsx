import { type MessageKey, useT, type Values } from "../../i18n/index.ts"

export interface BothProps {
  readonly of: MessageKey
  /** the values of the message in each language, where it has any */
  readonly values?: ((lang: "en" | "ru") => Values) | undefined
}

/** A sentence in the reader’s language and, softer, in the other: a verdict is read out to the other delegation. */
export function Both({ of, values }: BothProps) {
  const t = useT()
  return (
    <>
      <span>{t.in(t.lang, of, values?.(t.lang))}</span>{" "}
      <span className="soft" lang={t.other}>
        {t.in(t.other, of, values?.(t.other))}
      </span>
    </>
  )
}
