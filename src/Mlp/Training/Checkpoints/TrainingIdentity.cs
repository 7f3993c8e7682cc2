using System.Globalization;
using System.Text;
using Mlp.State;

namespace Mlp.Training.Checkpoints;

/// <summary>
/// What makes a training the one that it is: everything its bits depend on, as names and values that can be read. Two trainings of the
/// same identity pass through the same states.
/// </summary>
/// <remarks>In a file: int32 entries; per entry the bytes of the name (int32) and the name, UTF-8; and the value likewise.</remarks>
internal sealed class TrainingIdentity
{
    private const int MaxEntryCount = 1_000, MaxTextBytes = 10_000, MaxNamesBytes = 500;
    private const string None = "none";

    private readonly OrderedDictionary<string, string> _entries = [];

    public IEnumerable<string> Names => _entries.Keys;

    public string this[string name] => _entries[name];

    public static TrainingIdentity Read(LittleEndianReader reader)
    {
        var identity = new TrainingIdentity();
        reader.StartSection("settings", sizeof(int));
        int count = reader.ReadCount("settings", 0, MaxEntryCount);
        for (int index = 0; index < count; index++)
        {
            string name = ReadText(reader), value = ReadText(reader);
            if (!identity._entries.TryAdd(name, value))
                throw reader.Error($"{reader.Kind} has the setting '{name}' twice.");
        }
        return identity;
    }

    public TrainingIdentity Copy()
    {
        var copy = new TrainingIdentity();
        foreach ((string name, string value) in _entries)
            copy._entries.Add(name, value);
        return copy;
    }

    public void Write(LittleEndianWriter writer)
    {
        writer.WriteInt32(_entries.Count);
        foreach ((string name, string value) in _entries)
        {
            WriteText(writer, name);
            WriteText(writer, value);
        }
    }

    /// <summary>A value that can be read back by people: numbers with all their digits, in the same form everywhere.</summary>
    public void Add(string name, object? value) => _entries.Add(
        name, value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? None);

    public void Add(string name, IReadOnlyList<double> values) =>
        Add(name, $"[{string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]");

    public void Add(string name, uint checksum) => Add(name, checksum.ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>Names in their order; many are told from others by their checksum.</summary>
    public void AddNames(string name, IReadOnlyList<string>? names)
    {
        string text = names is null ? None : string.Join(", ", names);
        if (Encoding.UTF8.GetByteCount(text) > MaxNamesBytes)
        {
            var checksum = new Crc32C();
            foreach (string item in names!)
                checksum.Add([.. Encoding.UTF8.GetBytes(item), 0]);
            text = $"{names!.Count} with checksum {checksum.Value:x8}";
        }
        Add(name, text);
    }

    /// <summary>The type of a record and each of its properties: "Optimizer" is Adam, "Optimizer.Beta1" is 0.9.</summary>
    /// <param name="name">Of the setting.</param>
    /// <param name="record">Its text names every public property, so that none can be forgotten; null for none.</param>
    public void AddRecord(string name, object? record)
    {
        string text = record?.ToString() ?? None;
        int brace = text.IndexOf(" {", StringComparison.Ordinal);
        Add(name, brace < 0 ? text : text[..brace]);
        if (brace < 0)
            return;
        foreach (string part in text[(brace + 2)..^1].Trim().Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split(" = ", 2);
            Add($"{name}.{sides[0]}", sides[1]);
        }
    }

    /// <summary>Null when a saved identity is this one.</summary>
    public string? DifferenceFrom(TrainingIdentity saved)
    {
        string[] differences =
        [
            .. _entries.Where(entry => saved._entries.GetValueOrDefault(entry.Key, None) != entry.Value)
                .Select(entry => $"{entry.Key} was {saved._entries.GetValueOrDefault(entry.Key, None)} and is {entry.Value}"),
            .. saved._entries.Where(entry => entry.Value != None && !_entries.ContainsKey(entry.Key))
                .Select(entry => $"{entry.Key} was {entry.Value} and is {None}"),
        ];
        return differences.Length == 0 ? null : string.Join(", ", differences) + '.';
    }

    private static void WriteText(LittleEndianWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.WriteInt32(bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadText(LittleEndianReader reader)
    {
        reader.StartSection("settings", sizeof(int));
        int length = reader.ReadCount("bytes of a setting", 0, MaxTextBytes);
        reader.StartSection("settings", length);
        Span<byte> bytes = stackalloc byte[MaxTextBytes];
        reader.Read(bytes[..length]);
        return Encoding.UTF8.GetString(bytes[..length]);
    }
}
