use std::io::Read;
fn main(){
 use std::io::Write;
 let mut e=flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()); e.write_all(&vec![b'a';100000]).unwrap(); let v=e.finish().unwrap();
 let mut d=flate2::read::MultiGzDecoder::new(&v[..12]);
 let mut b=[0u8;1];
 println!("{:?}",d.read(&mut b)); println!("{:?}",d.read(&mut b));
 let mut d=flate2::read::MultiGzDecoder::new(std::io::BufReader::new(&v[..12]));
 let mut o=vec![]; println!("{:?} {:?}",(&mut d as &mut dyn Read).take(100).read_to_end(&mut o),o);
}
