import type { ReactNode } from "react"
import { ToggleButton, ToggleButtonGroup } from "react-aria-components"

export interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly lang?: string }[]
  readonly onChange: (value: T) => void
}

/** One of a few, all visible: languages, views, currencies. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="seg"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const next = options.find((option) => keys.has(option.value))
        if (next) onChange(next.value)
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value}>
          {option.lang ? <span lang={option.lang}>{option.label}</span> : option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
