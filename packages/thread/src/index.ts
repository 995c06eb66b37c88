export { answerOnThread, askOnThread } from "./one-thread.ts"
