import { answerOnThread } from "@alternat/thread"
import { createFolds } from "./authorship-folds.ts"

// the thread behind `createAuthorshipThread`
answerOnThread(createFolds())
