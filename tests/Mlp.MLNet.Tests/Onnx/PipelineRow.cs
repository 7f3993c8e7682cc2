using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Onnx;

/// <summary>A row of drawn data with columns of every kind that pipelines start from, and a label for every task.</summary>
internal sealed class PipelineRow
{
    public const int RowCount = 120, WideSlotCount = 300;

    public float Hours { get; set; }

    /// <summary>NaN in one row of five.</summary>
    public float Age { get; set; }

    [VectorType(3)]
    public float[] Numbers { get; set; } = [];

    /// <summary>NaN here and there.</summary>
    [VectorType(3)]
    public float[] Readings { get; set; } = [];

    /// <summary>Each slot is 0 but in one row or two.</summary>
    [VectorType(WideSlotCount)]
    public float[] Wide { get; set; } = [];

    /// <summary>Two rows of three columns.</summary>
    [VectorType(2, 3)]
    public float[] Matrix { get; set; } = [];

    public string Colour { get; set; } = "";

    public string City { get; set; } = "";

    /// <summary>Some have letters beyond ASCII.</summary>
    public string Place { get; set; } = "";

    /// <summary>Some are empty.</summary>
    public string Nickname { get; set; } = "";

    [VectorType(2)]
    public string[] Tags { get; set; } = [];

    public string Text { get; set; } = "";

    public int Rooms { get; set; }

    public bool HasGarden { get; set; }

    public string Kind { get; set; } = "";

    public bool IsPositive { get; set; }

    public float Price { get; set; }

    [VectorType(2)]
    public float[] Targets { get; set; } = [];

    [VectorType(2)]
    public bool[] Labels { get; set; } = [];

    public static IDataView View(MLContext ml) => ml.Data.LoadFromEnumerable(Draw());

    public static PipelineRow[] Draw()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, RowCount).Select(row =>
        {
            float[] numbers = [.. Enumerable.Range(0, 3).Select(_ => 100 * random.NextSingle() - 20)];
            int colour = random.Next(3);
            return new PipelineRow
            {
                Hours = random.Next(60),
                Age = Missing(random) ?? random.Next(80),
                Numbers = numbers,
                Readings = [Missing(random) ?? numbers[0], numbers[1], Missing(random) ?? 3 * numbers[2]],
                Wide = DrawWide(row),
                Matrix = [.. numbers, .. numbers.Select(number => number * random.NextSingle())],
                Colour = ((string[])["red", "green", "blue"])[colour],
                City = ((string[])["Ulm", "Bonn", "Trier", "Kiel"])[random.Next(4)],
                Place = ((string[])["Ulm", "Köln", "Málaga", "東京"])[random.Next(4)],
                Nickname = ((string[])["Al", "Bo", ""])[random.Next(3)],
                Tags = [Tag(random), Tag(random)],
                Text = string.Join(' ', Enumerable.Range(0, 4).Select(_ => ((string[])["good", "bad", "fine", "the"])[random.Next(4)])),
                Rooms = random.Next(1, 6),
                HasGarden = random.Next(2) == 0,
                Kind = ((string[])["small", "middle", "large"])[(int)(numbers[0] + 20) / 34],
                IsPositive = numbers[0] > numbers[1],
                Price = numbers[0] * (1 + colour),
                Targets = [numbers[1], -numbers[2]],
                Labels = [colour == 1, numbers[2] > 20],
            };
        })];
    }

    private static float[] DrawWide(int row)
    {
        var slots = new float[WideSlotCount];
        for (int index = 0; index < 4; index++)
            slots[(4 * row + index) % WideSlotCount] = 1 + index;
        return slots;
    }

    private static float? Missing(Random random) => random.Next(5) == 0 ? float.NaN : null;

    private static string Tag(Random random) => ((string[])["a", "b", "c", "d"])[random.Next(4)];
}
