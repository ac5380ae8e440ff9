using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Kernel;

public sealed class UnicodeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("chicken 🍗 치킨", "chicken 🍗 치킨")]
    [InlineData("\u110e\u1175\u110f\u1175\u11ab", "치킨")]
    [InlineData("\uce58\ud0a4\u11ab", "치킨")]
    [InlineData("\u1110\u1169\u11bc\u1103\u1161\u11b0", "통닭")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("a\u0323\u0307", "\u1ea1\u0307")]
    [InlineData("a\u0307\u0323", "\u1ea1\u0307")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("\uf914", "\u6a02")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0301\u0301\u0301", "\u0301\u0301\u0301")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\ud804\udc99\ud804\udcba", "\ud804\udc9a")]
    [InlineData("ﬁ", "ﬁ")]
    public void A_text_is_composed_as_NFC_says(string written, string composed)
    {
        Assert.Equal(composed, UnicodeText.Compose(written));
        Assert.Equal(composed, UnicodeText.Compose(composed));
        Assert.Equal(composed, UnicodeText.Compose(UnicodeText.Decompose(written)));
    }

    [Theory]
    [InlineData("치킨", "\u110e\u1175\u110f\u1175\u11ab")]
    [InlineData("치킨", "치\u200b킨")]
    [InlineData("치킨", "치킨\ufe0f\u00ad")]
    [InlineData("pizza", "ＰＩＺＺＡ")]
    [InlineData("pizza", "Pi\u2060zza")]
    [InlineData("fish", "ﬁsh")]
    [InlineData("Café", "CAFE\u0301")]
    [InlineData("ｱｲｽ", "アイス")]
    [InlineData("set 1", "set\u00a0①")]
    public void Texts_that_look_alike_are_known(string one, string other) => Assert.Equal(UnicodeText.Look(one), UnicodeText.Look(other));

    [Theory]
    [InlineData("치킨", "키친")]
    [InlineData("pizza", "piza")]
    [InlineData("cafe", "café")]
    [InlineData("IceAmericano", "IceAmericano2")]
    public void Texts_that_do_not_are_not_taken_for_the_same(string one, string other) => Assert.NotEqual(UnicodeText.Look(one), UnicodeText.Look(other));

    [Theory]
    [InlineData("", false)]
    [InlineData(" \u00a0\u3000", false)]
    [InlineData("\u200b\u200d\ufeff", false)]
    [InlineData("\u3164\u115f\u2800\ufe0f\u00ad", false)]
    [InlineData("\u200b가", true)]
    [InlineData("👩‍🍳", true)]
    public void A_text_is_visible_if_something_of_it_is(string text, bool expected) => Assert.Equal(expected, UnicodeText.IsVisible(text));

    public static TheoryData<string> Unfit => new("\0", "a\u001b", "a\nb", "\u007f", "\u0085", "\u202eabc", "\u2066", "\u200f", "\u061c", "\ud83c", "\udf55 x");

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    public void What_breaks_a_screen_a_log_or_an_encoding_is_found(string text) => Assert.NotNull(UnicodeText.Validate(text));

    [Fact]
    public void Any_script_is_fit() => Assert.Null(UnicodeText.Validate("서울 🍗 👩‍🍳 ต้มยำ مرحبا naïve ♥️"));

    [Fact]
    public void A_heap_of_marks_takes_no_time_to_order() =>
        Assert.Equal(200_001, UnicodeText.Compose("x" + string.Concat(Enumerable.Repeat("\u0301\u0323", 100_000))).Length);
}
