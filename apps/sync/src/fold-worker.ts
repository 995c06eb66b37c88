import { foldUpdates } from "@alternat/room"
import { answerOnThread } from "@alternat/thread"

// the thread behind `createFoldThread`
answerOnThread(foldUpdates)
