export {
  type ModeChoice,
  ModeProvider,
  type SharedWrite,
  useBarred,
  useMode,
  useSharedWrite,
} from "./ModeProvider.tsx"
export { type Barred, createModeStore, type Mode, modeAtStart, modesOf } from "./mode.ts"
