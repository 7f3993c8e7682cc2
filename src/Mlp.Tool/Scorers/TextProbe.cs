using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.Tool.Scorers;

/// <summary>Asks which slots of a column texts set.</summary>
internal sealed class TextProbe : IDisposable
{
    private readonly TextRow _input;
    private readonly DataViewRow _output;
    private readonly ValueGetter<VBuffer<float>> _getSlots;
    private VBuffer<float> _slots;

    /// <param name="mapper">From the text to the slots.</param>
    /// <param name="made">The slots.</param>
    /// <param name="source">The text.</param>
    public TextProbe(IRowToRowMapper mapper, DataViewSchema.Column made, string source)
    {
        _input = new TextRow(mapper.InputSchema, source);
        _output = mapper.GetRow(_input, [made]);
        _getSlots = _output.GetGetter<VBuffer<float>>(made);
    }

    /// <summary>Whether a text sets a slot.</summary>
    public bool IsSet(int slot, string text)
    {
        _input.MoveTo(text);
        _getSlots(ref _slots);
        float value = 0;
        _slots.GetItemOrDefault(slot, ref value);
        return value != 0;
    }

    public void Dispose() => _output.Dispose();

    private sealed class TextRow(DataViewSchema schema, string source) : DataViewRow
    {
        private string _text = "";
        private long _position;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public void MoveTo(string text) => (_text, _position) = (text, _position + 1);

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Name == source
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
                value = _text.AsMemory())
            : (ref TValue value) => value = default!;
    }
}
