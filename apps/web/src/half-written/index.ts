export {
  type Form,
  HalfWrittenProvider,
  halfWrittenWork,
  useBegun,
  useForm,
  useHalfWritten,
} from "./HalfWrittenProvider.tsx"
export type { FormValues, HalfWritten } from "./half-written.ts"
