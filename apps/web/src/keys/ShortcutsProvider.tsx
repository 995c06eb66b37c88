import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react"
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
  const [registered] = useState(() => new Set<readonly Shortcut[]>())
  const [listed, setListed] = useState<readonly Shortcut[] | null>(null)
  const [singleKeys, setSingle] = useState(() => localStorage.getItem(STORED) !== "off")
  const register = useCallback(
    (shortcuts: readonly Shortcut[]) => {
      registered.add(shortcuts)
      return () => void registered.delete(shortcuts)
    },
    [registered],
  )
  const label = t("shell.keys.help")
  const openHelp = useCallback(() => setListed([helpKey(label), ...[...registered].flat()]), [registered, label])
  const all = useCallback(
    (): readonly Shortcut[] => [{ ...helpKey(label), run: openHelp }, ...[...registered].flat()],
    [registered, label, openHelp],
  )
  const setSingleKeys = useCallback((on: boolean) => {
    localStorage.setItem(STORED, on ? "on" : "off")
    setSingle(on)
  }, [])
  useKeyListener(all, singleKeys)
  const value = useMemo(
    () => ({ register, openHelp, singleKeys, setSingleKeys }),
    [register, openHelp, singleKeys, setSingleKeys],
  )
  return (
    <Context value={value}>
      {children}
      <KeyHelp isOpen={listed !== null} onClose={() => setListed(null)} shortcuts={listed ?? []} />
    </Context>
  )
}

const helpKey = (label: string): Shortcut => ({ id: "help", strokes: ["Slash"], shift: true, group: "shell", label })

function useKeyListener(all: () => readonly Shortcut[], singleKeys: boolean): void {
  useEffect(() => {
    let chain: Stroke = []
    let at = 0
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.key === "Shift") return
      if (event.timeStamp - at > CHAIN_MS) chain = []
      const press = {
        code: event.code,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
        inText: isText(event.target),
        inField: event.target instanceof HTMLElement && event.target.matches("input,textarea,select"),
      }
      const match = matchKey(all(), chain, press, singleKeys)
      at = event.timeStamp
      chain = match.type === "wait" ? [...chain, event.code] : []
      if (match.type !== "run") return
      event.preventDefault()
      match.shortcut.run?.()
    }
    document.addEventListener("keydown", pressed)
    return () => document.removeEventListener("keydown", pressed)
  }, [all, singleKeys])
}

/** Registers keys for as long as the caller is on screen. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useRegistry()
  const latest = useRef(shortcuts)
  useLayoutEffect(() => {
    latest.current = shortcuts
  })
  const shown = shortcuts.map((shortcut) => `${shortcut.id}:${shortcut.label}`).join(" ")
  useEffect(() => {
    // the run functions are looked up when pressed, so a render in between is never stale
    const live = latest.current.map((shortcut, i) =>
      shortcut.run ? { ...shortcut, run: () => latest.current[i]?.run?.() } : shortcut,
    )
    return register(live)
  }, [register, shown])
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
  // a clause at rest is text to whoever would write in it, also where it is closed; to a reader its letters are keys
  if (target.closest("[role=textbox]:not([data-letters=keys])") !== null) return true
  return target.closest("[role=dialog],[role=menu],[role=listbox]") !== null
}
