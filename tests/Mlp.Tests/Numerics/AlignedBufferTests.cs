using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlp.Numerics;

namespace Mlp.Tests.Numerics;

public class AlignedBufferTests
{
    [Fact]
    public void FirstElement_LiesOnA64ByteBoundary_AndStaysThere()
    {
        for (int length = 1; length < 100; length += 7)
        {
            var buffer = new AlignedBuffer<float>(length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(0, Misalignment(buffer));
            GC.Collect();
            Assert.Equal(0, Misalignment(buffer));
            Assert.All(buffer.Span.ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Length_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<double>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<double>(Array.MaxLength));
        Assert.Equal(0, new AlignedBuffer<double>(0).Span.Length);
    }

    private static long Misalignment(AlignedBuffer<float> buffer)
    {
        ref float first = ref MemoryMarshal.GetReference(buffer.Span);
        return Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref first) % 64;
    }
}
