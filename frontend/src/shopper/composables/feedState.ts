// The feed as plain values: a snapshot, and what each thing that happens makes of it. Applying what came
// after a snapshot gives what a fresh snapshot would show.
import type { Campaign, Comment, Mention, Pinned, Post, Reaction } from '@/shared/api'
import type { Item, Signal } from '@/shared/realtime/protocol'

const SHOWN_COMMENTS = 3

/**
 * A new post stands first; one that is there already is replaced. The stream's copy is everybody's: what is
 * the reader's own (liked, may remove it) stays as it was known.
 */
export function withPost(posts: Post[], post: Post): Post[] {
  const known = posts.find((one) => one.id === post.id)
  const rest = posts.filter((one) => one !== known)
  return [{ ...post, liked: post.liked || known?.liked || false, mine: post.mine || known?.mine || false, editable: post.editable || known?.editable || false, pinnable: post.pinnable || known?.pinnable || false }, ...rest].sort((a, b) => b.seq - a.seq)
}

export function withoutPost(posts: Post[], id: string): Post[] {
  return posts.filter((one) => one.id !== id)
}

function withComment(posts: Post[], comment: Comment, comments: number): Post[] {
  return change(posts, comment.post_id, (post) => ({
    ...post,
    comments,
    last_comments: [...post.last_comments.filter((one) => one.id !== comment.id), comment].slice(-SHOWN_COMMENTS),
  }))
}

/** Somebody left the street and took the answer along; what is older comes back with the next snapshot. */
function withoutComment(posts: Post[], post: string, id: string, comments: number): Post[] {
  return change(posts, post, (one) => ({ ...one, comments, last_comments: one.last_comments.filter((said) => said.id !== id) }))
}

export function withLikes(posts: Post[], id: string, likes: number, liked?: boolean): Post[] {
  return change(posts, id, (post) => ({ ...post, likes, liked: liked ?? post.liked }))
}

/** Reactions as everybody sees them: which of them are the reader's own stays as it was known. */
function withReactions(posts: Post[], id: string, reactions: Reaction[]): Post[] {
  return change(posts, id, (post) => {
    const own = new Set(post.reactions.filter((one) => one.mine).map((one) => one.kind))
    return { ...post, reactions: reactions.map((one) => ({ ...one, mine: own.has(one.kind) })) }
  })
}

/** What an item post.edited or comment.edited says. */
export interface Edited { post_id: string; comment_id?: string; text: string; mentions: Mention[]; edited_at: string }

function withWords(posts: Post[], { post_id, comment_id, text, mentions, edited_at }: Edited): Post[] {
  return change(posts, post_id, (post) => (comment_id
    ? { ...post, last_comments: post.last_comments.map((one) => (one.id === comment_id ? { ...one, text, mentions, edited_at } : one)) }
    : { ...post, text, mentions, edited_at }))
}

/** Answers in order, each followed by the replies under it. Oldest first; ids grow with time. */
export function threads(comments: Comment[]): { comment: Comment; deep: boolean }[] {
  const under = new Map<string, Comment[]>()
  for (const one of comments) if (one.parent_id) under.set(one.parent_id, [...under.get(one.parent_id) ?? [], one])
  return comments.filter((one) => !one.parent_id)
    .flatMap((one) => [{ comment: one, deep: false }, ...(under.get(one.id) ?? []).map((reply) => ({ comment: reply, deep: true }))])
}

/** How many of a campaign are left, wherever its ticket stands in the feed. */
export function withCampaign(posts: Post[], id: string, update: Partial<Campaign>): Post[] {
  return posts.map((post) => (post.card?.campaign?.id === id
    ? { ...post, card: { ...post.card, campaign: { ...post.card.campaign, ...update } } }
    : post))
}

/** Another page of older posts behind those there are. */
export function withOlder(posts: Post[], older: Post[]): Post[] {
  const there = new Set(posts.map((one) => one.id))
  return [...posts, ...older.filter((one) => !there.has(one.id))]
}

/** What one durable item makes of the feed. */
export function applied(posts: Post[], item: Item): Post[] {
  switch (item.kind) {
    case 'post.created': return withPost(posts, (item.data as { post: Post }).post)
    case 'post.deleted': return withoutPost(posts, (item.data as { post_id: string }).post_id)
    case 'comment.created': {
      const { comment, comments } = item.data as { comment: Comment; comments: number }
      return withComment(posts, comment, comments)
    }
    case 'comment.deleted': {
      const { post_id, comment_id, comments } = item.data as { post_id: string; comment_id: string; comments: number }
      return withoutComment(posts, post_id, comment_id, comments)
    }
    case 'post.edited':
    case 'comment.edited': return withWords(posts, item.data as Edited)
    default: return posts
  }
}

/** What one item makes of the notices at the top, the newest first. */
export function pinnedAfter(pinned: Pinned[], item: Item): Pinned[] {
  if (item.kind === 'post.pinned') {
    const pin = item.data as Pinned
    const known = pinned.find((one) => one.post.id === pin.post.id)
    const [post = pin.post] = withPost(known ? [known.post] : [], pin.post)
    return known ? pinned.map((one) => (one === known ? { post, until: pin.until } : one)) : [{ post, until: pin.until }, ...pinned]
  }
  if (item.kind === 'post.unpinned' || item.kind === 'post.deleted') {
    const { post_id } = item.data as { post_id: string }
    return pinned.filter((one) => one.post.id !== post_id)
  }
  return item.kind === 'post.created' ? pinned : onPinned(pinned, (posts) => applied(posts, item))
}

/** The same change to the posts of the notices. */
export function onPinned(pinned: Pinned[], change: (posts: Post[]) => Post[]): Pinned[] {
  return pinned.map((one) => ({ ...one, post: change([one.post])[0] ?? one.post }))
}

/** Whether an item is what somebody says whom the reader does not want to see. */
export function saidBy(item: Item, hidden: ReadonlySet<string>): boolean {
  const { post, comment } = (item.data ?? {}) as { post?: Post; comment?: Comment }
  const said = post ?? comment
  return said !== undefined && !said.store && hidden.has(said.author.id)
}

/** What an answer that is not shown changes all the same: how many there are. */
export function counted(posts: Post[], item: Item): Post[] {
  if (item.kind !== 'comment.created') return posts
  const { post_id, comments } = item.data as { post_id: string; comments: number }
  return change(posts, post_id, (post) => ({ ...post, comments }))
}

/** What stays when an author is hidden: their posts and answers go. */
export function withoutAuthor(posts: Post[], author: string): Post[] {
  return posts.filter((one) => one.store || one.author.id !== author)
    .map((one) => ({ ...one, last_comments: one.last_comments.filter((said) => said.store || said.author.id !== author) }))
}

/** What a signal makes of the feed. */
export function signalled(posts: Post[], signal: Signal): Post[] {
  if (signal.kind === 'post.liked') {
    const { post_id, likes } = signal.data as { post_id: string; likes: number }
    return withLikes(posts, post_id, likes)
  }
  if (signal.kind === 'post.reacted') {
    const { post_id, reactions } = signal.data as { post_id: string; reactions: Reaction[] }
    return withReactions(posts, post_id, reactions)
  }
  if (signal.kind === 'campaign.changed') {
    const { campaign_id, remaining } = signal.data as { campaign_id: string; remaining: number }
    return withCampaign(posts, campaign_id, { remaining })
  }
  return posts
}

function change(posts: Post[], id: string, update: (post: Post) => Post): Post[] {
  return posts.map((post) => (post.id === id ? update(post) : post))
}
