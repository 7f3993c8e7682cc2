/// <summary>MT19937, as NumPy's RandomState(seed) uses it.</summary>
/// <remarks>Source: Matsumoto and Nishimura 1998; the seeding of their version of 2002 (init_genrand).</remarks>
internal sealed class MersenneTwister
{
    private const int StateLength = 624, Middle = 397;

    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint index = 1; index < StateLength; index++)
            _state[index] = 1812433253 * (_state[index - 1] ^ (_state[index - 1] >> 30)) + index;
    }

    public uint NextUInt32()
    {
        if (_next == StateLength)
            Renew();
        uint value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680;
        value ^= (value << 15) & 0xEFC60000;
        return value ^ (value >> 18);
    }

    /// <summary>Uniform on [0, 1), like random_sample.</summary>
    public double NextDouble() => ((NextUInt32() >> 5) * 67108864.0 + (NextUInt32() >> 6)) / 9007199254740992.0;

    /// <summary>Uniform on 0, …, bound − 1 for a bound of at most 65,536, like choice: low bits, too large ones thrown away.</summary>
    public int NextIndex(int bound)
    {
        uint mask = (uint)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bound) - 1;
        while (true)
        {
            uint value = NextUInt32() & mask;
            if (value < bound)
                return (int)value;
        }
    }

    private void Renew()
    {
        for (int index = 0; index < StateLength; index++)
        {
            uint bits = (_state[index] & 0x80000000) | (_state[(index + 1) % StateLength] & 0x7FFFFFFF);
            _state[index] = _state[(index + Middle) % StateLength] ^ (bits >> 1) ^ ((bits & 1) * 0x9908B0DF);
        }
        _next = 0;
    }
}
