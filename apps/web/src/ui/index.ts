export { Button, type ButtonProps } from "./Button.tsx"
export { Dialog, type DialogProps } from "./Dialog.tsx"
export { EditableCell, type EditableCellProps } from "./EditableCell.tsx"
export { Empty } from "./Empty.tsx"
export { Hash, type HashProps } from "./Hash.tsx"
export { Loading } from "./Loading.tsx"
export { conformityMark, Mark, type MarkProps, MarkSprite, stateMark } from "./Mark.tsx"
export { Menu, MenuItem, MenuSection } from "./Menu.tsx"
export type { MarkName } from "./mark-paths.ts"
export { Notice, type NoticeProps } from "./Notice.tsx"
export { ProblemNotice } from "./Problem.tsx"
export {
  Bracket,
  Face,
  initials,
  PartiesProvider,
  PartyMark,
  PartyTag,
  partyOf,
  partyShort,
  type Side,
  sideOf,
  useParties,
} from "./party.tsx"
export { Segmented, type SegmentedProps } from "./Segmented.tsx"
export { ConformityChip, StateChip } from "./StateChip.tsx"
export { Tab, TabList, TabPanel, Tabs } from "./Tabs.tsx"
export { ToastProvider, useToast } from "./Toast.tsx"
export { Tooltip } from "./Tooltip.tsx"
