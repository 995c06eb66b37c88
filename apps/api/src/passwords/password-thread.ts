import { askOnThread } from "@alternat/thread"
import type { judgePassword, NewPassword, PasswordFault } from "./judge-password.ts"

export type JudgePassword = (password: NewPassword) => Promise<PasswordFault | null>

/** Passwords are set once in a while: the lists that they are judged by go from memory when nobody has asked for so long. */
const IDLE_MS = 30_000

/** `file` is the built `password-worker`. */
export const createPasswordThread = (file: URL | string): JudgePassword =>
  askOnThread<typeof judgePassword>(file, { name: "password", idleMs: IDLE_MS })
