import type { Mode } from "./mode.ts"

/** Kept on this computer for each person, also after signing out: it says nothing of the plan. */
const nameFor = (userId: string): string => `alternat.mode:${userId}`

export function keptMode(userId: string): string | null {
  try {
    return localStorage.getItem(nameFor(userId))
  } catch {
    return null // storage switched off by the person
  }
}

export function keepMode(userId: string, mode: Mode): void {
  try {
    localStorage.setItem(nameFor(userId), mode)
  } catch {
    // switched off or full: the next visit begins as the first one
  }
}
