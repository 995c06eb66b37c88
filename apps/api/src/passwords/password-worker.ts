import { answerOnThread } from "@alternat/thread"
import { judgePassword } from "./judge-password.ts"

// the thread behind `createPasswordThread`
answerOnThread(judgePassword)
