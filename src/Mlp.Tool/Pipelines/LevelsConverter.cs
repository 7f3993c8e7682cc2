using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlp.Tool.Pipelines;

/// <summary>Levels of intervals in a model's notes: one is a number, which builds that know one level read, too; several are an array.
/// </summary>
internal sealed class LevelsConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return [Number(ref reader)];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("The levels of its intervals are no numbers.");
        var levels = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            levels.Add(Number(ref reader));
        if (reader.TokenType != JsonTokenType.EndArray || levels.Count == 0)
            throw new JsonException("The levels of its intervals are no numbers.");
        return levels;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
        {
            writer.WriteNumberValue(value[0]);
            return;
        }
        writer.WriteStartArray();
        foreach (double level in value)
            writer.WriteNumberValue(level);
        writer.WriteEndArray();
    }

    private static double Number(ref Utf8JsonReader reader) =>
        reader.TryGetDouble(out double level) && level is > 0 and < 1 ? level
            : throw new JsonException("A level of its intervals is not between 0 and 1.");
}
