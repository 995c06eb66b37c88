export { CharactersGuard } from "./CharactersGuard.tsx"
export { LanguageSwitch, Logo, Masthead } from "./Masthead.tsx"
export { NotFound, PageError } from "./PageError.tsx"
export { SignedIn, useSignedIn } from "./SignedIn.tsx"
