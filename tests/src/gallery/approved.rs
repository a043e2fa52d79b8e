//! The approved appearance of every view.
//!
//! A picture is stored as the mean colors of squares that are 10 by 10 pixels. This keeps the file
//! small and hides differences in how machines smooth the edges of letters. One PNG contains all
//! pictures of a view side by side.

use std::{fs, io::Cursor, path::Path};

use crate::Result;

/// The side length of a square, in CSS pixels.
const SQUARE: usize = 10;
/// The allowed difference between the mean colors of two squares, per color channel (0 to 255).
const TOLERANCE: u8 = 24;
/// The number of squares whose difference may be larger than allowed. Together, they cover about
/// the area of one letter.
const ALLOWED: usize = 2;
/// Colors are rounded to multiples of this value, which halves the file size.
const STEP: u8 = 17;
/// The color of the space below shorter pictures.
const NOTHING: Color = [136; 3];

type Color = [u8; 3];

/// A picture as a grid of squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoarsePicture {
    width: usize,
    squares: Vec<Color>,
}

/// The difference between a screenshot and its approved picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The number of squares that differ.
    pub squares: usize,
    /// The center of the first square that differs, as the distance from the left and top in CSS
    /// pixels.
    pub first: (usize, usize),
}

impl CoarsePicture {
    /// Reads a picture that has one pixel per CSS pixel.
    pub fn from_png(png: &[u8]) -> Result<Self> {
        let (width, height, pixels) = decoded(png)?;
        let across = width.div_ceil(SQUARE);
        let mut sums = vec![[0_u32; 4]; across * height.div_ceil(SQUARE)];
        for (y, line) in pixels.chunks_exact(width).enumerate() {
            for (squares, pixels) in sums[y / SQUARE * across..].iter_mut().zip(line.chunks(SQUARE))
            {
                for [red, green, blue] in pixels {
                    squares[0] += u32::from(*red);
                    squares[1] += u32::from(*green);
                    squares[2] += u32::from(*blue);
                    squares[3] += 1;
                }
            }
        }
        let mean = |sum: u32, count: u32| {
            let steps = (sum + count * u32::from(STEP) / 2) / (count.max(1) * u32::from(STEP));
            u8::try_from(steps).unwrap_or(u8::MAX / STEP) * STEP
        };
        let squares = sums
            .into_iter()
            .map(|[red, green, blue, count]| [red, green, blue].map(|sum| mean(sum, count)));
        Ok(Self { width: across, squares: squares.collect() })
    }

    /// Reads the stored pictures of a view. Their widths are in CSS pixels, from left to right.
    pub fn read(file: &Path, widths: &[u32]) -> Result<Vec<Self>> {
        let (width, height, squares) = decoded(&fs::read(file)?)?;
        let widths = widths.iter().map(|width| *width as usize / SQUARE);
        if widths.clone().sum::<usize>() != width {
            return Err("it holds other pictures".into());
        }
        let mut left = 0;
        Ok(widths
            .map(|part| {
                let lines = squares.chunks_exact(width);
                let part = left..left + part;
                left = part.end;
                let squares: Vec<_> = lines.flat_map(|line| &line[part.clone()]).copied().collect();
                debug_assert_eq!(squares.len(), part.len() * height);
                Self { width: part.len(), squares }
            })
            .collect())
    }

    /// Stores the pictures of a view, from left to right.
    pub fn write(pictures: &[Self], file: &Path) -> Result<()> {
        let width: usize = pictures.iter().map(|picture| picture.width).sum();
        let height = pictures.iter().map(Self::height).max().unwrap_or_default();
        let mut png = Vec::new();
        let mut encoder =
            png::Encoder::new(&mut png, u32::try_from(width)?, u32::try_from(height)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let lines = (0..height).flat_map(|y| pictures.iter().flat_map(move |one| one.line(y)));
        let squares: Vec<u8> = lines.flatten().collect();
        encoder.write_header()?.write_image_data(&squares)?;
        Ok(fs::write(file, png)?)
    }

    /// Returns where this picture differs from `approved`, ignoring small differences between
    /// machines.
    pub fn differs_from(&self, approved: &Self) -> Option<Difference> {
        let mut squares = 0;
        let mut first = None;
        for y in 0..self.height().max(approved.height()) {
            for (x, (now, then)) in self.line(y).zip(approved.line(y)).enumerate() {
                let differences = now.iter().zip(then).map(|(now, then)| now.abs_diff(then));
                if differences.max() > Some(TOLERANCE) {
                    squares += 1;
                    first.get_or_insert((x, y));
                }
            }
        }
        let middle = |square| square * SQUARE + SQUARE / 2;
        first
            .filter(|_| squares > ALLOWED)
            .map(|(x, y)| Difference { squares, first: (middle(x), middle(y)) })
    }

    fn height(&self) -> usize {
        self.squares.len() / self.width
    }

    fn line(&self, y: usize) -> impl Iterator<Item = Color> {
        let line = self.squares.chunks_exact(self.width).nth(y);
        (0..self.width).map(move |x| line.map_or(NOTHING, |line| line[x]))
    }
}

/// Returns the width, height and pixels of a PNG.
fn decoded(png: &[u8]) -> Result<(usize, usize, Vec<Color>)> {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
    let frame = reader.next_frame(&mut bytes)?;
    let channels = match frame.color_type {
        png::ColorType::Rgb => 3,
        png::ColorType::Rgba => 4,
        other => return Err(format!("a picture in {other:?}").into()),
    };
    let pixels = bytes[..frame.buffer_size()]
        .chunks_exact(channels)
        .map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    Ok((frame.width as usize, frame.height as usize, pixels.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a white page with black boxes. Each box is given as left, top, width and height.
    fn page(height: usize, boxes: &[[usize; 4]], white: u8) -> CoarsePicture {
        let mut pixels = vec![white; 200 * height * 3];
        for [left, top, width, tall] in boxes {
            for y in *top..top + tall {
                for x in *left..left + width {
                    pixels[(y * 200 + x) * 3..][..3].fill(0);
                }
            }
        }
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 200, u32::try_from(height).unwrap());
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&pixels).unwrap();
        drop(writer);
        CoarsePicture::from_png(&png).unwrap()
    }

    const WORD: [usize; 4] = [50, 30, 40, 12];

    #[test]
    fn moved_added_or_removed_text_is_located() {
        let approved = page(100, &[WORD], 255);
        assert_eq!(approved.differs_from(&approved), None);
        let moved = page(100, &[[50, 36, 40, 12]], 255);
        let found = moved.differs_from(&approved).unwrap();
        assert_eq!((found.squares, found.first), (8, (55, 35)));
        assert!(page(100, &[], 255).differs_from(&approved).is_some());
        let longer = page(140, &[WORD], 255);
        let found = longer.differs_from(&approved).unwrap();
        assert_eq!((found.squares, found.first), (80, (5, 105)));
        assert!(approved.differs_from(&longer).is_some());
        assert!(page(100, &[WORD], 221).differs_from(&approved).is_some());
    }

    #[test]
    fn rendering_differences_are_tolerated() {
        let approved = page(100, &[WORD], 255);
        for other in [page(100, &[WORD], 250), page(100, &[WORD, [150, 80, 8, 8]], 255)] {
            assert_eq!(other.differs_from(&approved), None);
        }
    }

    #[test]
    fn stored_pictures_match_drawn_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("view.png");
        let (short, long) = (page(95, &[WORD], 255), page(140, &[WORD], 34));
        CoarsePicture::write(&[short.clone(), long.clone()], &file).unwrap();
        let kept = CoarsePicture::read(&file, &[200, 200]).unwrap();
        assert_eq!(short.differs_from(&kept[0]), None);
        assert_eq!(long, kept[1]);
        assert!(CoarsePicture::read(&file, &[200, 100]).is_err());
    }
}
