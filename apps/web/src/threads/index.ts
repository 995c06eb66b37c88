export { StatusLine } from "./StatusLine.tsx"
export { type Said, saidIn } from "./said.ts"
