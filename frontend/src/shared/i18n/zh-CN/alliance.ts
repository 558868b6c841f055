export default {
  area: '联盟',
}
