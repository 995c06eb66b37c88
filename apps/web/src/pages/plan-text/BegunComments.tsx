import { type FormValues, useBegun, useHalfWritten } from "../../half-written/index.ts"
import { Button } from "../../ui/index.ts"
import { commentPlace } from "./Compose.tsx"
import { type Composing, nameOf, usePlanText } from "./context.ts"

/** Comments begun and not sent, of one audience: none of the caucus stands where both delegations are written to. */
export function BegunComments({ audience }: { readonly audience: Composing["audience"] }) {
  const { say, view, hand, setHand } = usePlanText()
  const store = useHalfWritten()
  const start = commentPlace(audience, "")
  const open = hand.composing?.audience === audience ? commentPlace(audience, hand.composing.target.clauseId) : null
  const begun = useBegun(start)
    .filter((place) => place !== open)
    .flatMap((place) => {
      const clause = view.byId.get(place.slice(start.length))
      return clause === undefined ? [] : [{ place, clause, values: store.read(place) }]
    })
  if (begun.length === 0) return null
  return (
    <ul className="begun">
      {begun.map(({ place, clause, values }) => (
        <li key={place}>
          <p>
            <b>{say("pt.begun", { number: nameOf(clause, say) })}</b> <q>{textOf(values)}</q>
          </p>
          <p className="row">
            <Button
              small
              onPress={() => setHand({ composing: { target: { type: "clause", clauseId: clause.id }, audience } })}
            >
              {say("pt.begun.continue")}
            </Button>
            <Button look="link" onPress={() => store.write(place, null)}>
              {say("pt.begun.discard")}
            </Button>
          </p>
        </li>
      ))}
    </ul>
  )
}

const textOf = (values: FormValues | null): string => (typeof values?.["text"] === "string" ? values["text"] : "")
