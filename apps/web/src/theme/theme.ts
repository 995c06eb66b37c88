import { useSyncExternalStore } from "react"

export type ThemeChoice = "system" | "light" | "dark"
export interface Appearance {
  readonly theme: ThemeChoice
  readonly colour: "parties" | "none"
}

const STORED = "alternat.appearance"
const FIRST: Appearance = { theme: "system", colour: "parties" }
const listeners = new Set<() => void>()
let current: Appearance = FIRST

/** Called once before the first paint, so that a night reader sees no white flash. */
export function startAppearance(): void {
  current = readStored()
  apply()
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply)
}

export function setAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change }
  localStorage.setItem(STORED, JSON.stringify(current))
  apply()
  for (const listener of listeners) listener()
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => current)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function apply(): void {
  const root = document.documentElement
  const dark =
    current.theme === "dark" || (current.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches)
  root.dataset["theme"] = dark ? "dark" : "light"
  if (current.colour === "none") root.dataset["colour"] = "none"
  else delete root.dataset["colour"]
}

function readStored(): Appearance {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? "{}") as Partial<Appearance>
    const theme = stored.theme === "light" || stored.theme === "dark" ? stored.theme : "system"
    return { theme, colour: stored.colour === "none" ? "none" : "parties" }
  } catch {
    // a value somebody else left there is no reason not to start
    return FIRST
  }
}
