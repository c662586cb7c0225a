using System.Security;
using System.Text;
using ModelTools.Validation;

namespace ModelTools.Packaging;

/// <summary>The build files of a package: they give a project the models and check them, with nothing but MSBuild's own tasks.</summary>
internal static class ConsumerTargets
{
    /// <summary>The items: one <c>ModelFile</c> a model. They are not copied as such: the targets do that, whether the project uses ModelTools or not.</summary>
    public static string Props(string id, IReadOnlyList<PackagedModel> models) => Text($"""
        <Project>
          <ItemGroup>
        {Lines(models, model => $"""    <ModelFile Include="{Here(model.PackagePath)}" Lock="{Here(PackagedModel.LockPath)}" ModelPackageId="{id}" CopyToOutputDirectory="Never" Visible="false" />""")}
          </ItemGroup>
        </Project>
        """);

    /// <summary>The check, and the copies in the output folder.</summary>
    public static string Targets(string id, IReadOnlyList<PackagedModel> models, CancellationToken cancellation)
    {
        var name = "_" + string.Concat(id.Select(character => char.IsLetterOrDigit(character) ? character : '_'));
        var files = models.SelectMany(model => model.Files).ToArray();
        return Text($"""
            <Project>
              <!-- The models beside the program; set CopyPackagedModels to false to leave them in the package folder. -->
              <ItemGroup Condition="'$(CopyPackagedModels)' != 'false'">
            {Lines(files, file => $"""    <None Include="{Here(file.PackagePath)}" Link="{Escape(file.PackagePath)}" CopyToOutputDirectory="PreserveNewest" CopyToPublishDirectory="PreserveNewest" Pack="false" Visible="false" />""")}
              </ItemGroup>

              <!-- The stamp's name stands for digests and times of the files: one that was touched, in either direction, is hashed again. -->
              <Target Name="{name}Collect" BeforeTargets="BeforeBuild" Condition="'$(DesignTimeBuild)' != 'true'">
                <ItemGroup>
            {Lines(files, file => $"""      <{name}File Include="{Here(file.PackagePath)}" Packed="{FileDigest.OfFile(file.Source!, cancellation).Sha256}" />""")}
                </ItemGroup>
                <PropertyGroup>
                  <{name}State>@({name}File->'%(Packed) %(ModifiedTime)')</{name}State>
                  <{name}Stamp>$(IntermediateOutputPath){id}.$([MSBuild]::StableStringHash('$({name}State)')).verified</{name}Stamp>
                </PropertyGroup>
                <ItemGroup>
                  <FileWrites Include="$({name}Stamp)" />
                </ItemGroup>
              </Target>

              <Target Name="{name}Verify" AfterTargets="{name}Collect" Condition="'$(DesignTimeBuild)' != 'true' and !Exists('$({name}Stamp)')">
                <Error Code="MT6001" File="%({name}File.FullPath)" Condition="!Exists('%({name}File.FullPath)')"
                       Text="A file of the package {id} is missing. Delete the package from the package folder and restore again." />
                <GetFileHash Files="@({name}File)" Algorithm="SHA256" HashEncoding="hex">
                  <Output TaskParameter="Items" ItemName="{name}Hashed" />
                </GetFileHash>
                <Error Code="MT3009" File="%({name}Hashed.FullPath)" Condition="'%({name}Hashed.FileHash)' != '%({name}Hashed.Packed)'"
                       Text="The file is not the one that was packed into {id}: its SHA-256 is %({name}Hashed.FileHash). Delete the package from the package folder and restore again." />
                <MakeDir Directories="$(IntermediateOutputPath)" />
                <Touch Files="$({name}Stamp)" AlwaysCreate="true" />
              </Target>
            </Project>
            """);
    }

    /// <summary>A file of <c>buildTransitive</c>: projects above the one that references the package get the models, too.</summary>
    public static string Import(string file) => Text($"""
        <Project>
          <Import Project="../build/{file}" />
        </Project>
        """);

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    private static string Text(string text) => text.ReplaceLineEndings("\n") + "\n";

    private static string Here(string path) => $"$(MSBuildThisFileDirectory)../{Escape(path)}";

    /// <summary>A text that means itself in a project file.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            escaped.Append(character is '%' or '$' or '@' or ';' or '*' or '?' or '(' or ')' or '\'' || char.IsControl(character) ? $"%{(int)character:x2}" : character.ToString());
        }

        return SecurityElement.Escape(escaped.ToString());
    }
}
