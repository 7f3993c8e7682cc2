using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Mlp.Mpi.Watching;

/// <summary>A connection between rank 0 and another rank, by which they learn of each other's end.</summary>
/// <remarks>A message is its kind (a byte), a rank (int32), the bytes of a text (int32) and the text, UTF-8; little-endian.</remarks>
internal sealed class WatchLink(Socket socket) : IDisposable
{
    private const int HeaderSize = 9, MostTextBytes = 1 << 16;

    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>What is not acknowledged ends the connection within so many seconds, so that a machine without power is noticed.</summary>
    public static void KeepAlive(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 3);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    /// <summary>Sends a message; one that does not arrive is of no more use, because then the other end is gone.</summary>
    public async Task Send(WatchMessage message)
    {
        byte[] text = Encoding.UTF8.GetBytes(message.Text);
        text = text[..Math.Min(text.Length, MostTextBytes)];
        byte[] bytes = new byte[HeaderSize + text.Length];
        bytes[0] = (byte)message.Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), message.Rank);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(5), text.Length);
        text.CopyTo(bytes, HeaderSize);
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(bytes);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The reader notices.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when the other end is gone.</summary>
    public async Task<WatchMessage?> Receive()
    {
        byte[] header = new byte[HeaderSize];
        if (!await Fill(header))
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(5));
        // Nothing that a rank sends.
        if (length is < 0 or > MostTextBytes || header[0] is < (byte)WatchKind.Failed or > (byte)WatchKind.Known)
            return null;
        byte[] text = new byte[length];
        return !await Fill(text) ? null : new WatchMessage(
            (WatchKind)header[0], BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1)), Encoding.UTF8.GetString(text));
    }

    public void Dispose() => socket.Dispose();

    /// <summary>False when the connection ends before.</summary>
    public async Task<bool> Fill(Memory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int count = await socket.ReceiveAsync(bytes);
                if (count == 0)
                    return false;
                bytes = bytes[count..];
            }
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}

/// <summary>What ranks tell each other.</summary>
internal enum WatchKind : byte
{
    /// <summary>A rank has failed.</summary>
    Failed = 1,

    /// <summary>A rank has done its work; from rank 0: all have.</summary>
    Done = 2,

    /// <summary>A rank has told its user of a failure; from rank 0: all have.</summary>
    Known = 3,
}

/// <param name="Kind">What it tells.</param>
/// <param name="Rank">Of which rank.</param>
/// <param name="Text">For people.</param>
internal sealed record WatchMessage(WatchKind Kind, int Rank, string Text);
