using System.Text;
using System.Text.Json;
using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tool.Serving;

/// <summary>Reads rows from JSON, and says of every value that does not fit what was expected.</summary>
/// <param name="fields">The columns that each row must have.</param>
/// <param name="labelName">The column that is predicted: it is none of them.</param>
/// <param name="mostRows">Of a request.</param>
internal sealed class RowParser(IReadOnlyList<ServedField> fields, string labelName, int mostRows)
{
    private const int MostErrors = 20, MostNames = 20;

    private readonly Dictionary<string, int> _indices =
        fields.Select((field, index) => (field.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);

    // Many requests are wrong in the same way: it is made once.
    private readonly string _known = TextExcerpt.List([.. fields.Select(field => field.Name)], MostNames);

    /// <summary>Reads an object, which is one row, or an array of objects.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="RowException">It is something else, or a value does not fit.</exception>
    public RowBatch Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new RowException(
                $"The body is no JSON: {exception.Message} Send a row as an object, {Example()}, or several as an array of objects.", []);
        }
        catch (InvalidOperationException exception)
        {
            // Bytes, and escapes of half a character, are looked at when a text is asked for.
            throw new RowException($"The body has a text that is no Unicode: {exception.Message} Send it in UTF-8.", []);
        }
    }

    /// <summary>The rows of a document that was read.</summary>
    public RowBatch Parse(JsonElement root)
    {
        bool isSingle = root.ValueKind == JsonValueKind.Object;
        if (!isSingle && root.ValueKind != JsonValueKind.Array)
        {
            throw new RowException(
                $"The body is {KindOf(root)}; expected is an object, which is one row, or an array of them: {Example()}.", []);
        }
        int count = isSingle ? 1 : root.GetArrayLength();
        if (count == 0)
            throw new RowException("The array has no rows. Send one at least.", []);
        if (count > mostRows)
        {
            throw new RowException(
                $"The array has {count:N0} rows; a request may have {mostRows:N0}. Send them in several requests, or start the server "
                    + "with another --max-rows.", []);
        }
        var reading = new Reading(fields, count, isSingle);
        if (isSingle)
            Read(root, reading, row: 0);
        else
        {
            int row = 0;
            foreach (JsonElement element in root.EnumerateArray())
                Read(element, reading, row++);
        }
        return reading.ToBatch();
    }

    private void Read(JsonElement element, Reading reading, int row)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            reading.Refuse(row, "", element, "an object", $"is {KindOf(element)}; expected is {Example()}.");
            return;
        }
        var isGiven = new bool[fields.Count];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_indices.TryGetValue(property.Name, out int index))
            {
                reading.Refuse(
                    row, property.Name, property.Value, $"one of {_known}",
                    property.Name == labelName ? "is what the model predicts. Leave it out."
                        : $"is none that the model takes; it takes {_known}. Leave it out, or correct its name.");
            }
            else if (isGiven[index])
                reading.Refuse(row, property.Name, property.Value, "one value", "is given twice. Leave one out.");
            else
            {
                isGiven[index] = true;
                reading.Set(row, index, property.Value);
            }
        }
        for (int index = 0; index < isGiven.Length; index++)
        {
            if (!isGiven[index])
            {
                string expected = fields[index].Expected;
                reading.Refuse(row, fields[index].Name, null, expected, $"is not there; expected is {expected}.");
            }
        }
    }

    private string Example()
    {
        if (fields.Count == 0)
            return "{}";
        string value = fields[0].Kind == FieldKind.Number ? "1" : "\"...\"";
        return $"{{\"{TextExcerpt.Of(fields[0].Name)}\": {value}{(fields.Count > 1 ? ", ..." : "")}}}";
    }

    private static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>The values read so far, and what is wrong with some.</summary>
    private sealed class Reading
    {
        private readonly IReadOnlyList<ServedField> _fields;
        private readonly int _count;
        private readonly bool _isSingle;
        private readonly double[]?[] _numbers;
        private readonly string?[]?[] _texts;
        private readonly List<RowError> _errors = [];
        private int _errorCount;

        public Reading(IReadOnlyList<ServedField> fields, int count, bool isSingle)
        {
            (_fields, _count, _isSingle) = (fields, count, isSingle);
            _numbers = [.. fields.Select(field => field.Kind == FieldKind.Number ? new double[count] : null)];
            _texts = [.. fields.Select(field => field.Kind == FieldKind.Number ? null : new string?[count])];
        }

        public void Set(int row, int index, JsonElement value)
        {
            ServedField field = _fields[index];
            if (value.ValueKind == JsonValueKind.Null)
            {
                if (_numbers[index] is { } missing)
                    missing[row] = double.NaN;
                return;
            }
            if (_numbers[index] is { } numbers && value.ValueKind == JsonValueKind.Number)
            {
                numbers[row] = value.GetDouble();
                // Beyond the range of a Single there is nothing to learn and nothing to predict.
                if (float.IsFinite((float)numbers[row]))
                    return;
            }
            if (_texts[index] is { } texts && TextOf(field, value) is { } text)
            {
                texts[row] = text;
                return;
            }
            Refuse(row, field.Name, value, field.Expected, $"is {{0}}; expected is {field.Expected}.");
        }

        /// <summary>Notes an error; of many only the first ones.</summary>
        /// <param name="row">From 0.</param>
        /// <param name="column">Its name; empty for the row itself.</param>
        /// <param name="value">Null for none.</param>
        /// <param name="expected">In words.</param>
        /// <param name="rest">Of the sentence that begins with the column, where {0} is the value.</param>
        public void Refuse(int row, string column, JsonElement? value, string expected, string rest)
        {
            if (_errorCount++ >= MostErrors)
                return;
            string? excerpt = value is { } given ? TextExcerpt.Of(given.GetRawText()) : null;
            string where = _isSingle ? "" : $"Row {row + 1:N0}";
            string name = column.Length == 0 ? "" : $"{(where.Length > 0 ? ", c" : "C")}olumn '{TextExcerpt.Of(column)}'";
            string message = $"{where}{name} {rest.Replace("{0}", excerpt, StringComparison.Ordinal)}";
            _errors.Add(new RowError(_isSingle ? null : row, column, excerpt, expected, message));
        }

        public RowBatch ToBatch()
        {
            if (_errorCount > 0)
            {
                string more = _errorCount > 1 ? $" There are {_errorCount - 1:N0} more errors." : "";
                throw new RowException(_errors[0].Message + (_errorCount == 2 ? " There is 1 more error." : more), _errors);
            }
            ColumnValues[] columns = [.. _numbers.Zip(_texts, (numbers, texts) =>
                numbers is null ? (ColumnValues)new TextValues(texts!) : new NumberValues<double>(numbers))];
            return new RowBatch(_count, _isSingle, columns, _texts);
        }

        /// <summary>Null for what is no value of the field.</summary>
        private static string? TextOf(ServedField field, JsonElement value)
        {
            string? text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.True when field.Kind == FieldKind.Category => "true",
                JsonValueKind.False when field.Kind == FieldKind.Category => "false",
                JsonValueKind.Number when field.Kind == FieldKind.Category && value.TryGetInt64(out _) => value.GetRawText(),
                _ => null,
            };
            if (text is null || field.Kind != FieldKind.Date || string.IsNullOrWhiteSpace(text))
                return text;
            text = text.Trim();
            return DateText.TryParse(Encoding.UTF8.GetBytes(text), DateForm.YearFirst, out _) ? text : null;
        }
    }
}
