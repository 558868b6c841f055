// A like shows at once and goes back when the server did not take it. (Only likes do: never money or coupons.)
import { api, ask, type Post } from '@/shared/api'

type Show = (id: string, likes: number, mine: boolean) => void

export async function like(post: Post, show: Show): Promise<boolean> {
  const { id, likes, liked } = post
  show(id, likes + (liked ? -1 : 1), !liked)
  const params = { params: { path: { post: id } } }
  try {
    const now = await ask(liked ? api.DELETE('/posts/{post}/like', params) : api.PUT('/posts/{post}/like', params))
    show(id, now.likes, now.liked)
    return true
  } catch {
    show(id, likes, liked)
    return false
  }
}
