package realtime

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tcpPair is two ends of a real connection.
func tcpPair(t *testing.T) (server, client net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, ln.Close()) }()
	client, err = net.Dial("tcp", ln.Addr().String())
	require.NoError(t, err)
	server, err = ln.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = client.Close(), server.Close() })
	return server, client
}

func TestAFrameLeavesDirectlyWhileTheKernelTakesIt(t *testing.T) {
	noLeaks(t)
	server, client := tcpPair(t)
	o := newOutlet(server, 1000)
	require.Positive(t, o.pipe.fd)
	o.send(frame(opText, []byte("早")))
	require.Nil(t, o.drained, "nothing waits")
	got := make([]byte, 5)
	_, err := io.ReadFull(client, got)
	require.NoError(t, err)
	require.Equal(t, []byte{0x81, 3, 0xe6, 0x97, 0xa9}, got)
	o.sever()
}

func TestWhatTheKernelDoesNotTakeWaitsAndArrivesInOrder(t *testing.T) {
	noLeaks(t)
	server, client := tcpPair(t)
	o := newOutlet(server, 64<<20)
	var sent bytes.Buffer
	big := make([]byte, 60_000)
	for i := range uint32(300) { // 18 MB: more than the kernel holds
		binary.BigEndian.PutUint32(big, i)
		f := frame(opText, big)
		sent.Write(f)
		o.send(f)
	}
	o.mu.Lock()
	require.NotNil(t, o.drained, "a part of it waits")
	o.mu.Unlock()
	got := make([]byte, sent.Len())
	_, err := io.ReadFull(client, got)
	require.NoError(t, err)
	require.True(t, bytes.Equal(sent.Bytes(), got))
	o.sever()
}

func TestASlowReaderIsTold4008AfterAWholeFrame(t *testing.T) {
	noLeaks(t)
	server, client := tcpPair(t)
	o := newOutlet(server, 256<<10)
	f := frame(opText, make([]byte, 60_000))
	frames := 0
	for o.open() {
		o.send(f)
		frames++
		require.Less(t, frames, 10_000)
	}
	o.send(f) // nothing follows the close frame
	w := &wire{t: t, conn: client}
	for {
		opcode, payload, err := w.read()
		require.NoError(t, err)
		if opcode == opClose {
			require.EqualValues(t, 4008, binary.BigEndian.Uint16(payload))
			require.Equal(t, "too_slow", string(payload[2:]))
			break
		}
		require.Len(t, payload, 60_000)
	}
	o.work.Wait()
	require.NoError(t, client.SetReadDeadline(time.Now().Add(50*time.Millisecond)))
	n, err := client.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Error(t, err)
	o.sever()
}

func TestAPeerThatNeverReadsIsCutOff(t *testing.T) {
	noLeaks(t)
	server, client := net.Pipe()
	o := newOutlet(server, 100)
	o.send(frame(opText, make([]byte, 50)))
	o.send(frame(opText, make([]byte, 90)))
	require.False(t, o.sendPaced(frame(opText, make([]byte, 90))))
	why, closing := o.reason()
	require.True(t, closing)
	require.Equal(t, CloseTooSlow, why)
	o.sever() // returns although the peer reads nothing
	_, err := client.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
}

func TestTheFirstReasonToCloseCounts(t *testing.T) {
	server, client := tcpPair(t)
	o := newOutlet(server, 100)
	o.shut(CloseGoingAway)
	o.shut(CloseTooSlow)
	got := make([]byte, 4)
	_, err := io.ReadFull(client, got)
	require.NoError(t, err)
	require.EqualValues(t, 4012, binary.BigEndian.Uint16(got[2:]))
	why, _ := o.reason()
	require.Equal(t, CloseGoingAway, why)
	o.sever()
	o.sever()
	o.send([]byte("to nobody"))
}

func TestCatchingUpNeverOverrunsTheQueue(t *testing.T) {
	noLeaks(t)
	server, client := net.Pipe()
	o := newOutlet(server, 4000)
	f := frame(opText, make([]byte, 300))
	sent := make(chan bool, 1)
	go func() {
		for range 200 { // fifteen times the queue
			if !o.sendPaced(f) {
				sent <- false
				return
			}
		}
		sent <- true
	}()
	_, err := io.ReadFull(client, make([]byte, 200*len(f)))
	require.NoError(t, err)
	require.True(t, <-sent)
	o.sever()
}
