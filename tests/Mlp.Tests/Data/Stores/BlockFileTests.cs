using Mlp.Data.Stores;

namespace Mlp.Tests.Data.Stores;

public class BlockFileTests
{
    [Fact]
    public void DamagedBlock_IsNamed_WithItsFile()
    {
        using var table = new StoredTable();
        StoredRows rows = WriteRows(table);
        byte[] bytes = File.ReadAllBytes(table.Folder.BlockPath);
        bytes[100] ^= 4;
        File.WriteAllBytes(table.Folder.BlockPath, bytes);
        rows = table.Open(rows.Inputs);

        string message = Assert.Throws<RowStoreException>(() => StoredTable.Epoch(rows, rows.Open(seed: 1))).Message;

        Assert.Contains($"Block 0 of 1 of row store '{table.Folder.BlockPath}'", message, StringComparison.Ordinal);
        Assert.Contains("damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryChangedByte_IsFound()
    {
        using var table = new StoredTable();
        StoredRows rows = WriteRows(table);
        byte[] bytes = File.ReadAllBytes(table.Folder.BlockPath);
        for (int position = 0; position < bytes.Length; position++)
        {
            byte[] damaged = [.. bytes];
            damaged[position] ^= (byte)(1 << (position % 8));
            string path = table.Folder.BlockPath + ".damaged";
            File.WriteAllBytes(path, damaged);
            Assert.Contains(path, Assert.Throws<RowStoreException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
        }

        void ReadAll(string path)
        {
            using var file = new BlockFile(path);
            var found = new StoredRows(file, rows.Inputs, classCount: 0, foldCount: 0);
            _ = StoredTable.Epoch(found, found.Open(seed: 1));
        }
    }

    [Fact]
    public void EveryTruncation_IsFound()
    {
        using var table = new StoredTable();
        _ = WriteRows(table);
        byte[] bytes = File.ReadAllBytes(table.Folder.BlockPath);
        for (int length = 0; length < bytes.Length; length += 5)
        {
            string path = table.Folder.BlockPath + ".short";
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(path, Assert.Throws<RowStoreException>(() => new BlockFile(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void BlockThatIsCutOffWhileRead_IsNamed()
    {
        using var table = new StoredTable();
        StoredRows rows = WriteRows(table);
        using (var file = new FileStream(table.Folder.BlockPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            file.SetLength(10);

        string message = Assert.Throws<RowStoreException>(() => StoredTable.Epoch(rows, rows.Open(seed: 1))).Message;

        Assert.Contains("Block 0 of 1", message, StringComparison.Ordinal);
        Assert.Contains("is cut off", message, StringComparison.Ordinal);
    }

    /// <summary>A disk that is full after so many bytes, wherever that is.</summary>
    [Fact]
    public void FullDisk_NamesFileAndByte()
    {
        var named = new HashSet<string>();
        for (int room = 0; room < 800_000; room += 35_000)
        {
            var disk = new Room(room);
            using var table = new StoredTable(path => new FullDisk(File.Create(path), disk));
            var exception = Assert.Throws<RowStoreException>(() => WriteRows(table, rowCount: 3_000));
            Assert.Contains($"'{table.Folder.Path}", exception.Message, StringComparison.Ordinal);
            Assert.Contains("could not be written at byte", exception.Message, StringComparison.Ordinal);
            Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
            named.Add(Path.GetFileName(exception.Message.Split('\'')[1]));
        }
        Assert.Contains("rows.part", named);
        Assert.Contains(named, name => name.StartsWith("bucket", StringComparison.Ordinal));
    }

    [Fact]
    public void FolderThatCannotBeMade_IsNamed()
    {
        string file = Path.GetTempFileName();
        try
        {
            var exception = Assert.Throws<RowStoreException>(() => new StoreFolder(Path.Combine(file, "store")).Begin());
            Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static StoredRows WriteRows(StoredTable table, int rowCount = 25)
    {
        var random = new Random(2);
        float[][] vectors = [.. Enumerable.Range(0, rowCount).Select(_ => Mixed.Vector<float>(random))];
        return table.Write(Mixed.Layout, vectors, [.. vectors.Select((_, row) => (float)row)]);
    }

    private sealed class Room(int bytes)
    {
        public int Bytes { get; set; } = bytes;
    }

    private sealed class FullDisk(Stream stream, Room room) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => stream.Length;

        public override long Position { get => stream.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > room.Bytes)
                throw new IOException("No space left on device");
            room.Bytes -= count;
            stream.Write(buffer, offset, count);
        }

        public override void Flush() => stream.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
