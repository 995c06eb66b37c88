export interface HashProps {
  readonly hash: string
  /** how many groups of four at the front; the whole when left out */
  readonly groups?: number
  readonly label?: string
}

/** A fingerprint in groups of four, as one reads it over the telephone. */
export function Hash({ hash, groups, label }: HashProps) {
  const all = hash.match(/.{1,4}/g) ?? []
  const shown = groups === undefined ? all : all.slice(0, groups)
  return (
    <span className="mono hash-line" title={hash} {...(label ? { "aria-label": label } : {})}>
      {shown.join(" ")}
    </span>
  )
}
