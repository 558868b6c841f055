// Something was done and its answer lost (409 already_done, decision 47): nobody can be told what came of it, but everybody
// can look. What is on the screen has said here how it is loaded again, and shows how things stand.
import { readProblem, type ApiError } from './error'

type Look = () => unknown

const looks = new Set<Look>()

/** Has `look` load again what is shown, whenever an answer was lost for good. Gives the way to stop it. */
export function onAnswerLost(look: Look): () => void {
  looks.add(look)
  return () => { looks.delete(look) }
}

/** Reads a refusal; where it says that the thing is done already, all that is shown is loaded again. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const refusal = await readProblem(response)
  if (refusal.code === 'already_done') for (const look of looks) void look()
  return refusal
}
