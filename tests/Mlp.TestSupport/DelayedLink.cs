using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlp.TestSupport;

/// <summary>
/// One end of a link between two network namespaces that delays what passes, for kernels without tc's netem: <c>link NAME
/// MILLISECONDS</c> makes the interface NAME, sends its packets to standard output, and gives it those of standard input after that time.
/// </summary>
/// <remarks>Between the ends a packet is the time when it was sent, in ticks of the machine's clock (int64), its bytes (int32), and
/// they.</remarks>
internal static unsafe class DelayedLink
{
    private const int HeaderSize = 12, MostPacketBytes = 1 << 16;

    // TUNSETIFF; IFF_TAP | IFF_NO_PI.
    private const nuint SetInterface = 0x400454ca;
    private const short TapWithoutHeader = 0x1002;

    public static int Run(string[] args)
    {
        var delay = TimeSpan.FromMilliseconds(double.Parse(args[2], CultureInfo.InvariantCulture));
        using var tap = new FileStream("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        byte[] request = new byte[40];
        Encoding.ASCII.GetBytes(args[1], request);
        BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(16), TapWithoutHeader);
        nint ioctl = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "ioctl");
        fixed (byte* pointer = request)
        {
            var handle = (int)tap.SafeFileHandle.DangerousGetHandle();
            if (((delegate* unmanaged<int, nuint, byte*, int>)ioctl)(handle, SetInterface, pointer) < 0)
                throw new InvalidOperationException($"The interface {args[1]} cannot be made.");
        }
        using Stream output = Console.OpenStandardOutput(), input = Console.OpenStandardInput();
        new Thread(() => Send(tap, output)) { IsBackground = true }.Start();
        var packets = new BlockingCollection<(long Due, byte[] Packet)>();
        new Thread(() => Deliver(packets, tap)) { IsBackground = true }.Start();
        byte[] header = new byte[HeaderSize];
        while (input.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize)
        {
            byte[] packet = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8))];
            input.ReadExactly(packet);
            packets.Add((BinaryPrimitives.ReadInt64LittleEndian(header) + (long)(delay.TotalSeconds * Stopwatch.Frequency), packet));
        }
        return 0;
    }

    private static void Send(FileStream tap, Stream output)
    {
        byte[] buffer = new byte[HeaderSize + MostPacketBytes];
        while (tap.Read(buffer.AsSpan(HeaderSize)) is > 0 and var count)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, Stopwatch.GetTimestamp());
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(8), count);
            output.Write(buffer.AsSpan(0, HeaderSize + count));
            output.Flush();
        }
    }

    private static void Deliver(BlockingCollection<(long Due, byte[] Packet)> packets, FileStream tap)
    {
        foreach ((long due, byte[] packet) in packets.GetConsumingEnumerable())
        {
            while (Stopwatch.GetTimestamp() < due)
                Thread.Sleep(TimeSpan.FromMilliseconds(0.2));
            try
            {
                tap.Write(packet);
            }
            catch (IOException)
            {
                // The interface is not up yet: the packet is lost, as on any link.
            }
        }
    }
}
