using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads delimited text files into a view, line by line, in as many passes as there are cursors.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly IHost _host;
    private readonly TextFormat _format;
    private readonly TextBindings _bindings;

    internal TextLoader(IHostEnvironment env, Options? options = null, IMultiStreamSource? dataSample = null)
    {
        Contracts.CheckValue(env, nameof(env));
        _host = env.Register(nameof(TextLoader));
        options ??= new Options();
        _format = TextFormat.Create(options);
        _bindings = TextBindings.Create(_host, _format, options, dataSample ?? new MultiFileSource(null!));
    }

    public DataViewSchema GetOutputSchema() => _bindings.Schema;

    public IDataView Load(IMultiStreamSource source)
    {
        Contracts.CheckValue(source, nameof(source));
        return new View(this, source);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
        => throw Contracts.ExceptNotSupp("This runtime does not save loaders with a model. Save the model with the schema of its input.");

    private sealed class View(TextLoader loader, IMultiStreamSource files) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => loader._bindings.Schema;

        /// <summary>Nobody has counted the lines.</summary>
        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
            => new TextCursor(
                loader._host, Schema, loader._bindings.Columns, loader._format, files, new ActiveColumns(Schema, columnsNeeded));

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => [GetRowCursor(columnsNeeded, rand)];
    }
}
