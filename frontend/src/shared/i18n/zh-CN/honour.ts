// Words of taking points at the till.
export const honour = {
  open: '收积分，这位有 {n}', points: '收几个积分', has: '这位有 {n} 积分，哪家发的都一样收', tooMany: '这位只有 {n} 积分', what: '换了什么', sample: '比如：换了一双鞋垫',
  fillPoints: '先填收几个积分', fillWhat: '再写一句换了什么', take: '收下', unit: '积分', cancel: '不收积分，回去收钱', failed: '没收成，积分没动',
  done: '收下 {n} 积分，{at}，记在账里', left: '这位还有', bill: '接着收这位的钱', undo: '撤销，积分还回去', undoText: '积分还给会员，账也冲回来。两笔都留在账上。', reversed: '撤销了，{n} 积分还给会员了',
}
