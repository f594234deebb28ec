using System.Text;
using CalciumSweep.Shared.Spec;
using Xunit;

namespace CalciumSweep.Unit.Spec;

/// <summary>Files that are no spec at all.</summary>
public sealed class SpecFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spec-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "the file is empty", 1, 1)]
    [InlineData("# only a comment\n", "the file is empty", 1, 1)]
    [InlineData("just words", "the top level is 'just words', not a map", 1, 1)]
    [InlineData("- a\n- b", "the top level is a list, not a map", 1, 1)]
    [InlineData("scenario: no-op\n---\nseed: 1", "the file holds more than one document", 2, 1)]
    [InlineData("scenario: no-op\nset: &a { x: 1 }", "anchors (&name) are not allowed", 2, 6)]
    [InlineData("scenario: no-op\nset: *a", "aliases (*name) are not allowed", 2, 6)]
    [InlineData("scenario: !!str no-op", "tags (!name) are not allowed", 1, 11)]
    [InlineData("scenario: no-op\naxes: [{ parameter: x, values: [1, 2 }]", "not YAML: a bracket opened here is not closed, or something inside it is wrong", 2, 32)]
    [InlineData("scenario: no-op\naxes: [1, 2", "not YAML: a bracket opened here is not closed, or something inside it is wrong", 2, 7)]
    [InlineData("scenario: no-op\nset: { x: 1", "not YAML: a bracket opened here is not closed, or something inside it is wrong", 2, 6)]
    [InlineData("{ [a]: 1 }", "a key must be a word", 1, 3)]
    public void What_is_refused_is_named_with_its_place(string text, string message, int line, int column)
    {
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Parse(text, "test.yaml")).Errors);

        Assert.Equal((message, line, column), (error.Message, error.Line, error.Column));
        Assert.NotNull(error.Hint);
    }

    [Theory]
    [InlineData("scenario: no-op\n\tseed: 1")]
    [InlineData("scenario: \"no-op")]
    [InlineData("scenario: no-op\n  seed: 1")]
    [InlineData("}")]
    [InlineData("%YAML 9.9\n--- a")]
    [InlineData("a: b: c")]
    public void What_is_not_YAML_is_one_error_with_a_place(string text)
    {
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Parse(text, "test.yaml")).Errors);

        Assert.StartsWith("not YAML: ", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Line ?? 0, 1, 3);
    }

    [Fact]
    public void A_million_brackets_are_refused_without_following_them()
    {
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Parse(new string('[', 1_000_000), "test.yaml")).Errors);

        Assert.Equal("nested deeper than 20 levels", error.Message);
    }

    [Fact]
    public void A_YAML_bomb_is_refused_at_its_first_anchor()
    {
        const string Bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nset: [*c, *c]";

        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Parse(Bomb, "test.yaml")).Errors);

        Assert.Equal(("anchors (&name) are not allowed", 1), (error.Message, error.Line));
    }

    [Fact]
    public void A_missing_file_is_refused() => Refused("absent.yaml", "does not exist");

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "spec.yaml"));
        Refused("spec.yaml", "is a folder, not a file");
    }

    // The hole of a sparse file costs no disk; were it read, it would be 100 MB of zeros, "not a text file".
    [Fact]
    public void A_large_file_is_refused_before_it_is_read()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "large.yaml")))
        {
            file.SetLength(100_000_000);
        }

        Refused("large.yaml", "is larger than 1 MB");
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder, "nul.yaml"), [(byte)'a', 0, (byte)'b']);
        File.WriteAllBytes(Path.Combine(_folder, "png.yaml"), [0x89, 0x50, 0x4E, 0x47]);
        File.WriteAllText(Path.Combine(_folder, "utf16.yaml"), "scenario: no-op", Encoding.Unicode);

        Refused("nul.yaml", "is not a UTF-8 text file");
        Refused("png.yaml", "is not a UTF-8 text file");
        Refused("utf16.yaml", "is not a UTF-8 text file");
    }

    private void Refused(string name, string reason)
    {
        string path = Path.Combine(_folder, name);
        SpecError error = Assert.Single(Assert.Throws<SpecException>(() => SpecReader.Read(path)).Errors);

        Assert.Equal($"{path} {reason}", error.Message);
        Assert.NotNull(error.Hint);
    }
}
