import type { ReactNode } from "react"

export interface NoticeProps {
  readonly alarm?: boolean
  /** announced at once: for what has just happened */
  readonly live?: boolean
  readonly children: ReactNode
  readonly actions?: ReactNode
}

/** What happened, where your words are now, what to do. */
export function Notice({ alarm = false, live = false, children, actions }: NoticeProps) {
  return (
    <div className={alarm ? "ntc x" : "ntc"} {...(live ? { role: "alert" } : {})}>
      {children}
      {actions ? <div className="row">{actions}</div> : null}
    </div>
  )
}
