export { UNFOLDED } from "./fold.ts"
export { ShowEarlier } from "./ShowEarlier.tsx"
export { StatusLine } from "./StatusLine.tsx"
export { ThreadWords } from "./ThreadWords.tsx"
