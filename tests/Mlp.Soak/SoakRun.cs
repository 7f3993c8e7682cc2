namespace Mlp.Soak;

/// <summary>What a part gets to work with.</summary>
/// <param name="part">Its name.</param>
/// <param name="seed">Everything random comes from it.</param>
/// <param name="failureFolder">Where inputs that broke a promise are kept; made when there is one.</param>
/// <param name="time">How long to go on.</param>
internal sealed class SoakRun(string part, int seed, string failureFolder, TimeSpan time)
{
    // The first ones tell enough; a promise that is broken every time would fill the disk.
    private const int MaxSavedCount = 100;

    private int _savedCount;

    /// <summary>Everything random comes from it.</summary>
    public int Seed => seed;

    /// <summary>How long to go on.</summary>
    public TimeSpan Time => time;

    /// <summary>Says what went wrong, and keeps the input that did it.</summary>
    /// <param name="reason">One line or more.</param>
    /// <param name="input">The file that was read, for example; null when the seed says it all.</param>
    public void SaveFailure(string reason, byte[]? input = null)
    {
        int number = Interlocked.Increment(ref _savedCount);
        if (number > MaxSavedCount)
            return;
        Directory.CreateDirectory(failureFolder);
        string path = Path.Combine(failureFolder, $"{part}-{number:000}");
        File.WriteAllText($"{path}.txt", $"--only {part} --seed {seed}\n{reason}\n");
        if (input is not null)
            File.WriteAllBytes($"{path}.bin", input);
        Console.Error.WriteLine($"{part}: {reason.Split('\n')[0]} (see {path}.txt)");
    }
}
