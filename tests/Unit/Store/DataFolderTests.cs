using CalciumSweep.Shared;
using CalciumSweep.Store;
using Xunit;

namespace CalciumSweep.Unit.Store;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _path;

    public DataFolderTests() => _path = _temporary["a/b/data"];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_new_folder_has_a_format_and_a_lock()
    {
        Assert.False(DataFolder.Exists(_path));

        using DataFolder folder = DataFolder.Open(_path, exclusive: true);

        Assert.True(DataFolder.Exists(_path));
        Assert.Equal("1\n", File.ReadAllText(Path.Combine(_path, "format")));
        Assert.Equal("format lock", Names(_path));
        Assert.Equal(
            (_path, Path.Combine(_path, "results.db"), Path.Combine(_path, "journal.db"), Path.Combine(_path, "map-1f3a9c")),
            (folder.Path, folder.ResultsFile, folder.JournalFile, folder.CampaignFolder(new CampaignId("map-1f3a9c"))));
    }

    [Fact]
    public void An_empty_or_absent_folder_does_not_exist_yet()
    {
        Directory.CreateDirectory(_path);

        Assert.False(DataFolder.Exists(_path));
        Assert.False(DataFolder.Exists(_temporary["none"]));
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("..")]
    [InlineData("")]
    public void No_campaign_gets_a_folder_outside(string id)
    {
        using DataFolder folder = DataFolder.Open(_path, exclusive: true);

        Assert.Throws<ArgumentException>(() => folder.CampaignFolder(new CampaignId(id)));
    }

    [Fact]
    public void A_folder_can_be_opened_again_and_again()
    {
        for (int i = 0; i < 3; i++)
        {
            DataFolder.Open(_path, exclusive: true).Dispose();
        }
    }

    [Fact]
    public void A_second_node_gets_a_sentence_and_a_reader_gets_in()
    {
        using DataFolder first = DataFolder.Open(_path, exclusive: true);

        AssertRefused(_path, $"in use by another CalciumSweep (process {Environment.ProcessId})");

        DataFolder.Open(_path, exclusive: false).Dispose();
        AssertRefused(_path, "in use");
    }

    [Fact]
    public void The_lock_names_its_process_and_dies_with_it()
    {
        using var child = new ChildProcess("hold", _path);
        Assert.Equal("held", child.ReadLine());
        AssertRefused(_path, $"(process {child.Id})");

        child.Kill();

        DataFolder.Open(_path, exclusive: true).Dispose();
    }

    [Fact]
    public void A_newer_format_is_refused_and_not_touched()
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, "format"), "2\n");

        AssertRefused(_path, "newer CalciumSweep (format 2, this one knows 1)");
        Assert.Throws<DataFolderException>(() => DataFolder.Open(_path, exclusive: false));
        Assert.Equal([Path.Combine(_path, "format")], Directory.GetFileSystemEntries(_path));
    }

    [Fact]
    public void A_format_that_is_no_version_is_refused()
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, "format"), "A4 landscape");

        AssertRefused(_path, "does not hold a version");
    }

    [Fact]
    public void A_file_is_not_a_folder()
    {
        string file = _temporary["file"];
        File.WriteAllText(file, "mine");

        AssertRefused(file, "is a file, not a folder");
        AssertRefused(Path.Combine(file, "data/below"), "is a file, not a folder");
        Assert.Throws<DataFolderException>(() => DataFolder.Open(file, exclusive: false));
        Assert.True(DataFolder.Exists(file));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Reading_wants_a_folder_that_is_there()
    {
        Assert.Throws<DataFolderException>(() => DataFolder.Open(_path, exclusive: false));
        Assert.False(Directory.Exists(_temporary["a"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_sentence()
    {
        // Not even root makes folders there.
        AssertRefused(OperatingSystem.IsWindows() ? "?:\\data" : "/proc/calciumsweep/data", "--data");
    }

    [Fact]
    public void A_read_only_disk_is_a_sentence()
    {
        if (_temporary.TryMount("ro"))
        {
            AssertRefused(_temporary["data"], "is on a read-only disk");
            AssertRefused(_temporary.Path, "is on a read-only disk");
            Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
        }
        else
        {
            // Who may not mount is not root, and permissions hold.
            AssertRefused("/usr/calciumsweep", "cannot be written");
        }
    }

    [Fact]
    public void A_full_disk_is_a_sentence_and_leaves_nothing()
    {
        if (_temporary.TryMount("size=256k"))
        {
            DataFolder.Open(_temporary["old"], exclusive: true).Dispose();
            _temporary.Fill("ballast");
            AssertRefused(_temporary["old"], "is full");
            AssertRefused(_path, "is full");
            Assert.Equal("ballast old", Names(_temporary.Path));
            Assert.Equal("format lock", Names(_temporary["old"]));
        }

        AssertNoSpaceForTheLock();
    }

    // Every write to this device fails like one to a full disk.
    private static void AssertNoSpaceForTheLock()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["lock"], "/dev/full");

        AssertRefused(folder.Path, "is full");

        Assert.Equal("lock", Names(folder.Path));
    }

    private static void AssertRefused(string path, string because)
    {
        var error = Assert.Throws<DataFolderException>(() => DataFolder.Open(path, exclusive: true));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private static string Names(string path) =>
        string.Join(' ', Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
