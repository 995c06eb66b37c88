import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react"
import { useT } from "../i18n/index.ts"
import { KeyHelp } from "./KeyHelp.tsx"
import { matchKey, type Shortcut, type Stroke } from "./shortcuts.ts"

interface Registry {
  register(shortcuts: readonly Shortcut[]): () => void
  openHelp(): void
  readonly singleKeys: boolean
  setSingleKeys(on: boolean): void
}

const Context = createContext<Registry | null>(null)
const STORED = "alternat.single-keys"
const CHAIN_MS = 1200

/** One listener for the page; parts register what they answer to while they are on screen. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const t = useT()
  const registered = useRef(new Set<readonly Shortcut[]>())
  const [helpOpen, setHelpOpen] = useState(false)
  const [singleKeys, setSingle] = useState(() => localStorage.getItem(STORED) !== "off")
  const register = useCallback((shortcuts: readonly Shortcut[]) => {
    registered.current.add(shortcuts)
    return () => registered.current.delete(shortcuts)
  }, [])
  const openHelp = useCallback(() => setHelpOpen(true), [])
  const setSingleKeys = useCallback((on: boolean) => {
    localStorage.setItem(STORED, on ? "on" : "off")
    setSingle(on)
  }, [])
  const help: Shortcut = {
    id: "help",
    strokes: ["Slash"],
    shift: true,
    group: "shell",
    label: t("shell.keys.help"),
    run: openHelp,
  }
  const all = () => [help, ...[...registered.current].flat()]
  useKeyListener(all, singleKeys)
  const value = useMemo(
    () => ({ register, openHelp, singleKeys, setSingleKeys }),
    [register, openHelp, singleKeys, setSingleKeys],
  )
  return (
    <Context value={value}>
      {children}
      <KeyHelp isOpen={helpOpen} onClose={() => setHelpOpen(false)} shortcuts={helpOpen ? all() : []} />
    </Context>
  )
}

function useKeyListener(all: () => readonly Shortcut[], singleKeys: boolean): void {
  const latest = useRef({ all, singleKeys })
  latest.current = { all, singleKeys }
  useEffect(() => {
    let chain: Stroke = []
    let at = 0
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.key === "Shift") return
      if (event.timeStamp - at > CHAIN_MS) chain = []
      const { all: list, singleKeys: single } = latest.current
      const press = {
        code: event.code,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
        inText: isText(event.target),
      }
      const match = matchKey(list(), chain, press, single)
      at = event.timeStamp
      chain = match.type === "wait" ? [...chain, event.code] : []
      if (match.type !== "run") return
      event.preventDefault()
      match.shortcut.run?.()
    }
    document.addEventListener("keydown", pressed)
    return () => document.removeEventListener("keydown", pressed)
  }, [])
}

/** Registers keys for as long as the caller is on screen. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useRegistry()
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const ids = shortcuts.map((shortcut) => shortcut.id).join(" ")
  useEffect(() => {
    // the run functions are looked up when pressed, so a render in between is never stale
    const live = latest.current.map((shortcut, i) =>
      shortcut.run ? { ...shortcut, run: () => latest.current[i]?.run?.() } : shortcut,
    )
    return register(live)
  }, [register, ids])
}

export function useRegistry(): Registry {
  const registry = useContext(Context)
  if (!registry) throw new Error("broken invariant: no ShortcutsProvider above")
  return registry
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "file"].includes(target.type)
  return target.closest("[role=dialog],[role=menu],[role=listbox]") !== null
}
