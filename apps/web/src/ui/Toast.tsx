import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"

interface Shown {
  readonly id: number
  readonly text: string
}
const Context = createContext<((text: string) => void) | null>(null)
const STAYS_MS = 5000

/** Small confirmations ("copied"). What matters is never a toast: it stands where it belongs until it is dealt with. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const show = useCallback((text: string) => setShown({ id: Date.now(), text }), [])
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(null), STAYS_MS)
    return () => clearTimeout(timer)
  }, [shown])
  const value = useMemo(() => show, [show])
  return (
    <Context value={value}>
      {children}
      <div className="toast" role="status" aria-live="polite">
        {shown ? <p key={shown.id}>{shown.text}</p> : null}
      </div>
    </Context>
  )
}

export function useToast(): (text: string) => void {
  const show = useContext(Context)
  if (!show) throw new Error("broken invariant: no ToastProvider above")
  return show
}
